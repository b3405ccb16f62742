/*
 * Numbers from text.
 */
#include "num.h"

#include <limits.h>

unsigned long num_scan(const char **s)
{
	unsigned long n = 0;

	while (**s >= '0' && **s <= '9')
		n = n * 10 + (unsigned long)(*(*s)++ - '0');
	return n;
}

int num_parse(const char *s, unsigned long *n)
{
	*n = 0;
	if (!*s)
		return -1;
	for (; *s; s++) {
		unsigned digit = (unsigned char)*s - '0';

		if (digit > 9 || *n > (ULONG_MAX - digit) / 10)
			return -1;
		*n = *n * 10 + digit;
	}
	return 0;
}
