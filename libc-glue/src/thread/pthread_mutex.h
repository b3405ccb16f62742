/* What the functions of mutexes share. */
#pragma once

#include "futex.h"

#define HOLDER 0xffffu

/* Locks one that could not be had at once, or only again. The error's number, or 0. */
int __mutex_lock(pthread_mutex_t *mutex, struct deadline deadline);

static inline bool is_own(const pthread_mutex_t *mutex, unsigned tid)
{
	return (load(&mutex->word) & HOLDER) == tid;
}

/* One more of the holder's own locks on a recursive mutex. */
static inline int lock_again(pthread_mutex_t *mutex)
{
	if (mutex->depth == USHRT_MAX)
		return EAGAIN;
	mutex->depth++;
	return 0;
}
