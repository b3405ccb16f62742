#include "sem.h"

int sem_trywait(sem_t *sem)
{
	const struct timespec past = {0, 0};

	if (sem->named) {
		if (__sem_named_timedwait(sem, (struct deadline){&past, CLOCK_MONOTONIC}) == 0)
			return 0;
		return sem_error(errno == ETIMEDOUT ? EAGAIN : errno);
	}
	return sem_take(sem) ? 0 : sem_error(EAGAIN);
}
