/*
 * The argument list of execl and its kin as a vector on the caller's stack: they run in children of vfork, where
 * allocated memory would stay behind in the parent.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

/* Entries of the vector of a list that starts with `first`, its NULL included. */
static inline size_t arguments_count(const char *first, va_list list)
{
	size_t count = 1;

	for (const char *each = first; each; each = va_arg(list, const char *))
		count++;
	return count;
}

/* Fills the vector and leaves `list` behind the NULL. */
#define ARGUMENTS_FILL(argv, first, list)                                        \
	do {                                                                     \
		size_t at_ = 0;                                                  \
		for (const char *each_ = (first); each_; each_ = va_arg(list, const char *)) \
			(argv)[at_++] = (char *)each_;                           \
		(argv)[at_] = NULL;                                              \
	} while (0)
