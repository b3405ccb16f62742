#include "sem.h"

int sem_clockwait(sem_t *restrict sem, clockid_t clock, const struct timespec *restrict until)
{
	const struct deadline deadline = {until, clock};

	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return sem_error(EINVAL);
	pthread_testcancel();
	if (sem->named)
		return __sem_named_timedwait(sem, deadline);
	return sem_take(sem) ? 0 : sem_wait_slow(sem, deadline);
}

int sem_timedwait(sem_t *restrict sem, const struct timespec *restrict until)
{
	return sem_clockwait(sem, CLOCK_REALTIME, until);
}
