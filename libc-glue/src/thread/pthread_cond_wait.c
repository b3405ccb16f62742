/*
 * A condition variable is a word that changes with each signal: who waits sleeps while it is what it was before the mutex
 * was released, so a signal in between is not missed. Signals may wake a thread too many (POSIX allows that), never one
 * too few. A thread that is both woken and cancelled has used up the signal, so it returns, and is cancelled later.
 */
#include "futex.h"

#define SOMEBODY 1u

static int wait(pthread_cond_t *cond, pthread_mutex_t *mutex, struct deadline deadline)
{
	pthread_testcancel();
	unsigned seen = __atomic_fetch_or(&cond->word, SOMEBODY, __ATOMIC_ACQ_REL) | SOMEBODY;
	int error = pthread_mutex_unlock(mutex);
	if (error)
		return error;
	int woken = futex_wait(&cond->word, seen, deadline);
	error = pthread_mutex_lock(mutex);
	if (error)
		return error;
	if (woken == EINTR)
		pthread_testcancel();
	return woken == EINTR || woken == EAGAIN ? 0 : woken;
}

int pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
	return wait(cond, mutex, (struct deadline){NULL, 0});
}

int pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *until)
{
	return wait(cond, mutex, (struct deadline){until, cond->clock ? cond->clock : CLOCK_REALTIME});
}
