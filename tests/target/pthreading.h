/*
 * What tests of threads share. A case that calls threads_rank() runs under SCHED_FIFO; a thread that it makes with
 * thread_above() is more urgent, so that when the call returns, the thread sleeps on whatever it waits for, or has ended.
 */
#pragma once

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <time.h>

#include "deadline.h"
#include "harness.h"

#define RANK_CASE 2
#define RANK_ABOVE 5

/* The simplest threads: one that ends at once, and one that waits for a semaphore. */
static inline void *returns_its_argument(void *argument)
{
	return argument;
}

static inline void *waits_for(void *semaphore)
{
	sem_wait(semaphore);
	return NULL;
}

static inline int threads_rank(void)
{
	const struct sched_param rank = { .sched_priority = RANK_CASE };

	return pthread_setschedparam(pthread_self(), SCHED_FIFO, &rank);
}

static inline int thread_ranked(pthread_t *thread, int priority, void *(*routine)(void *), void *argument)
{
	const struct sched_param rank = { .sched_priority = priority };
	pthread_attr_t attributes;

	pthread_attr_init(&attributes);
	pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
	pthread_attr_setschedparam(&attributes, &rank);
	return pthread_create(thread, &attributes, routine, argument);
}

static inline int thread_above(pthread_t *thread, void *(*routine)(void *), void *argument)
{
	return thread_ranked(thread, RANK_ABOVE, routine, argument);
}
