/*
 * The string functions that the shell uses, one byte at a time: those of the C library are four times as fast and take 1.3 KiB
 * more of text, and the shell's strings are short. The linker takes these before the library's.
 */
#include <string.h>

size_t strlen(const char *s)
{
	const char *p = s;

	while (*p)
		p++;
	return (size_t)(p - s);
}

void *memmove(void *to, const void *from, size_t n)
{
	char *t = (char *)to + n;
	const char *f = (const char *)from + n;

	if (to > from) {
		while (n-- > 0)
			*--t = *--f;
		return to;
	}
	for (t = to, f = from; n > 0; n--)
		*t++ = *f++;
	return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t n) __attribute__((alias("memmove")));

void *memset(void *to, int c, size_t n)
{
	for (char *t = to; n > 0; n--)
		*t++ = (char)c;
	return to;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n > 0; a++, b++, n--)
		if (*a != *b || !*a)
			return *(const unsigned char *)a - *(const unsigned char *)b;
	return 0;
}

int strcmp(const char *a, const char *b)
{
	for (; *a == *b && *a; a++, b++)
		;
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

char *strcpy(char *restrict to, const char *restrict from)
{
	return memcpy(to, from, strlen(from) + 1);
}

size_t strcspn(const char *s, const char *stop)
{
	const char *p = s;

	while (*p && !strchr(stop, *p))
		p++;
	return (size_t)(p - s);
}

char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++)
		if (!*s)
			return NULL;
	return (char *)s;
}
