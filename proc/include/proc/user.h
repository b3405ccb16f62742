/*
 * Checks of user pointers against the regions of the calling process's space (the lender's during a loan). The kernel
 * then uses the memory directly: nobody else runs between the check and the use unless the handler sleeps.
 */
#pragma once

#include <proc/process.h>

/* [p, p + size) is writable memory of the caller. size 0 is always right. Overflow is refused. */
static inline __attribute__((always_inline)) bool user_writable(const void *p, size_t size)
{
	const struct space *space = process_current()->space;
	uintptr_t offset = (uintptr_t)p - space->base, length = space->brk - space->base;

	return size == 0 || (offset < length && size <= length - offset);
}

/* The same for reading: the arena, or the text. */
bool user_readable_text(const void *p, size_t size);
static inline __attribute__((always_inline)) bool user_readable(const void *p, size_t size)
{
	return user_writable(p, size) || user_readable_text(p, size);
}

/* The same of an object with an alignment, not inlined: for what is seldom asked. */
bool user_readable_object(uintptr_t p, size_t size, size_t alignment);
bool user_writable_object(uintptr_t p, size_t size, size_t alignment);

/* Length of the string at p, without its NUL. -EFAULT when it leaves the caller's memory, -ENAMETOOLONG when it is not shorter
 * than max. */
long user_string(const char *p, size_t max);

/* For handlers that sleep and for ioctl: copies after a check. 0 or -EFAULT. */
int user_copy_out(void *to, const void *from, size_t size);
int user_copy_in(void *to, const void *from, size_t size);
