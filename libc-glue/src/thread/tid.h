/* The kernel's number of a thread, for a call that is about it. */
#pragma once

#include "thread.h"

/*
 * Takes the lock that keeps the thread from ending, and returns its number; -1 when it has ended. The caller is 0, for a
 * child of vfork has another number than the thread of its parent that it stands for; it needs no lock, and must hold none
 * when a signal that it sends itself runs a handler.
 */
static inline int tid_lock(pthread_t thread)
{
	if (thread == pthread_self())
		return 0;
	__libc_lock(&__threads.lock);
	return life_of(thread)->ended ? -1 : tail_of(thread)->tid;
}

static inline void tid_unlock(pthread_t thread)
{
	if (thread != pthread_self())
		__libc_unlock(&__threads.lock);
}
