/*
 * Patterns: * ? [...] with a backslash before what is literal.
 */
#include <string.h>

#include "sh.h"

int pattern_active(const char *p)
{
	for (; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '*' || *p == '?' || (*p == '[' && strchr(p, ']')))
			return 1;
	}
	return 0;
}

void pattern_unquote(char *p)
{
	char *to = p;

	for (; *p; *to++ = *p++)
		if (*p == '\\' && p[1])
			p++;
	*to = '\0';
}

/* One character of a class, which moves *p behind it. */
static unsigned char class_char(const char **p)
{
	if (**p == '\\' && (*p)[1])
		(*p)++;
	return (unsigned char)*(*p)++;
}

/* Is `c` in the class whose [ is at *p, which moves behind its ]? -1: there is no ]. */
static int class_match(const char **p, unsigned char c)
{
	const char *q = *p + 1;
	int negated = *q == '!' || *q == '^';
	int found = 0;

	q += negated;
	for (const char *start = q; *q != ']' || q == start;) {
		unsigned char low, high;

		if (!*q)
			return -1;
		low = high = class_char(&q);
		if (q[0] == '-' && q[1] != ']' && q[1]) {
			q++;
			high = class_char(&q);
		}
		found |= low <= c && c <= high;
	}
	*p = q + 1;
	return found != negated;
}

/* Matches one element of the pattern, not *, against `c`; moves *p behind it. */
static int element_match(const char **p, char c)
{
	if (**p == '?') {
		(*p)++;
		return 1;
	}
	if (**p == '[') {
		int r = class_match(p, (unsigned char)c);

		if (r >= 0)
			return r;
	}
	return class_char(p) == (unsigned char)c;
}

/* On a mismatch goes back to the last *, which then takes one character more: no recursion. */
int pattern_match(const char *p, const char *s, const char *end)
{
	const char *star = NULL, *retry = NULL;

	for (;;) {
		if (*p == '*') {
			star = ++p;
			retry = s;
			continue;
		}
		if (s == end && !*p)
			return 1;
		if (s < end && *p && element_match(&p, *s)) {
			s++;
			continue;
		}
		if (!star || retry == end)
			return 0;
		p = star;
		s = ++retry;
	}
}
