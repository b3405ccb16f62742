/* What the functions of semaphores share. A word: the value, and above it how many wait. */
#pragma once

#include <semaphore.h>

#include "futex.h"

#define VALUE 0xffffu
#define WAITS 0x10000u

/* Operations on one with a name: 0, or -1 with errno. */
int __sem_named_post(sem_t *sem);
int __sem_named_wait(sem_t *sem);
int __sem_named_timedwait(sem_t *sem, struct deadline deadline);
int __sem_named_value(sem_t *sem, int *value);

/* Takes one that was 0 a moment ago. 0, or -1 with EINTR, EINVAL, ETIMEDOUT. */
int __sem_wait_slow(sem_t *sem, struct deadline deadline);

/* Takes one that is not 0 and that has no name. */
static inline bool sem_take(sem_t *sem)
{
	unsigned now;

	do {
		now = load(&sem->word);
		if ((now & VALUE) == 0)
			return false;
	} while (!change(&sem->word, now, now - 1));
	return true;
}

static inline int sem_error(int error)
{
	errno = error;
	return -1;
}
