/* What the functions of semaphores share. A word: the value, and above it how many wait. */
#pragma once

#include <semaphore.h>

#include "futex.h"

#define WAITER 1u
#define WAITERS_MASK 0xffffu
#define VALUE_SHIFT 16
#define VALUE (1u << VALUE_SHIFT) /* of 1; at SEM_VALUE_MAX another one makes a negative number */

/* Operations on one with a name: 0, or -1 with errno. */
int __sem_named_post(sem_t *sem);
int __sem_named_wait(sem_t *sem);
int __sem_named_timedwait(sem_t *sem, struct deadline deadline);
int __sem_named_value(sem_t *sem, int *value);

/* Of who waits no more: EINTR, EINVAL or ETIMEDOUT becomes errno. -1. */
int __sem_give_up(sem_t *sem, int error);

static inline unsigned sem_peek(const sem_t *sem)
{
	return __atomic_load_n(&sem->word, __ATOMIC_RELAXED);
}

/* Takes one that is not 0 and that has no name. */
static inline bool sem_take(sem_t *sem)
{
	unsigned now;

	do {
		now = sem_peek(sem);
		if (now < VALUE)
			return false;
	} while (!change(&sem->word, now, now - VALUE));
	return true;
}

/*
 * Takes one that was 0 a moment ago. 0, or -1 with EINTR, EINVAL, ETIMEDOUT. Waiters are counted in the word itself, so who posts
 * knows whether to wake anybody from what it changes, and touches the semaphore no more.
 */
static inline int sem_wait_slow(sem_t *sem, struct deadline deadline)
{
	unsigned now = __atomic_add_fetch(&sem->word, WAITER, __ATOMIC_RELAXED);

	for (;;) {
		int error = now >= VALUE ? 0 : futex_wait(&sem->word, now, deadline);
		if (error && error != EAGAIN)
			return __sem_give_up(sem, error);
		now = sem_peek(sem);
		if (now >= VALUE && change(&sem->word, now, now - VALUE - WAITER))
			return 0;
	}
}

static inline int sem_error(int error)
{
	errno = error;
	return -1;
}
