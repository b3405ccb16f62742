#include "sem.h"

static inline int take(sem_t *sem)
{
	if (sem->named)
		return __sem_named_wait(sem);
	return sem_take(sem) ? 0 : sem_wait_slow(sem, (struct deadline){NULL, 0});
}

static __attribute__((noinline)) int take_if_not_cancelled(sem_t *sem)
{
	pthread_testcancel();
	return take(sem);
}

int sem_wait(sem_t *sem)
{
	return own_tail()->cancelled ? take_if_not_cancelled(sem) : take(sem);
}
