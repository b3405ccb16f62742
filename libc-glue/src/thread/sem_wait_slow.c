/*
 * Waiters are counted in the word itself, so who posts knows whether to wake anybody from what it changes, and touches the
 * semaphore no more.
 */
#include "sem.h"

static int give_up(sem_t *sem, int error)
{
	__atomic_fetch_sub(&sem->word, WAITS, __ATOMIC_RELAXED);
	if (error == EINTR)
		pthread_testcancel();
	return sem_error(error);
}

int __sem_wait_slow(sem_t *sem, struct deadline deadline)
{
	unsigned now = __atomic_add_fetch(&sem->word, WAITS, __ATOMIC_RELAXED);

	for (;;) {
		int error = now & VALUE ? 0 : futex_wait(&sem->word, now, deadline);
		if (error && error != EAGAIN)
			return give_up(sem, error);
		now = load(&sem->word);
		if ((now & VALUE) && change(&sem->word, now, now - 1 - WAITS))
			return 0;
	}
}
