/*
 * Comparison of short names. A loop is faster than a call of memcmp here: names have a handful of bytes, and
 * most differ in the first.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

static inline bool names_equal(const char *a, const char *b, size_t length)
{
	for (const char *end = a + length; a < end; a++, b++)
		if (*a != *b)
			return false;
	return true;
}
