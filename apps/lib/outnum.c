/*
 * Numbers for the buffered output, apart from out.c for programs that print none.
 */
#include "out.h"

/* Writes the digits of `n` so that they end before `end`; returns the first. */
static char *digits_before(char *end, unsigned long n, unsigned base)
{
	do {
		*--end = "0123456789abcdef"[n % base];
		n /= base;
	} while (n > 0);
	return end;
}

static void out_padded(unsigned long n, unsigned base, unsigned width, char pad)
{
	char buf[24];
	char *end = buf + sizeof(buf);
	char *p = digits_before(end, n, base);

	for (; width > (unsigned)(end - p); width--)
		out_char(pad);
	out_bytes(p, (size_t)(end - p));
}

void out_num(unsigned long n)
{
	out_padded(n, 10, 0, ' ');
}

void out_num_right(unsigned long n, unsigned width)
{
	out_padded(n, 10, width, ' ');
}

void out_signed(long n)
{
	if (n < 0)
		out_char('-');
	out_num(n < 0 ? 0 - (unsigned long)n : (unsigned long)n);
}

void out_base(unsigned long n, unsigned base, unsigned digits)
{
	out_padded(n, base, digits, '0');
}
