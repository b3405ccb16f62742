/* What the tests of locks and semaphores share: a thread that locks, and what another thread gets. */
#pragma once

#include "pthreading.h"

#include <stdint.h>

/* How many threads have got what they waited for. */
static volatile int reached;
/* A deadline that is over. */
static const struct timespec past;

/* Initialises *made with a type and a protocol. */
static inline int mutex_of(pthread_mutex_t *made, int type, int protocol)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	if (pthread_mutexattr_settype(&attributes, type) != 0 || pthread_mutexattr_setprotocol(&attributes, protocol) != 0)
		return -1;
	return pthread_mutex_init(made, &attributes);
}

static inline void *locks_and_unlocks(void *lock)
{
	intptr_t error = pthread_mutex_lock(lock);

	reached++;
	return (void *)(error ? error : pthread_mutex_unlock(lock));
}

static inline void *tries(void *lock)
{
	return (void *)(intptr_t)pthread_mutex_trylock(lock);
}

/* What another thread gets from `routine`. */
static inline int elsewhere(void *(*routine)(void *), void *argument)
{
	pthread_t thread;
	void *error;
	CHECK_EQUAL(pthread_create(&thread, NULL, routine, argument), 0);
	CHECK_EQUAL(pthread_join(thread, &error), 0);
	return (int)(intptr_t)error;
}

/* A handler for a signal that interrupts and does no more. */
static inline void does_nothing(int sig)
{
	(void)sig;
}
