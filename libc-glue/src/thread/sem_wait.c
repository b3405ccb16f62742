#include "sem.h"

int sem_wait(sem_t *sem)
{
	if (own_tail()->cancelled)
		pthread_testcancel();
	if (sem->named)
		return __sem_named_wait(sem);
	return sem_take(sem) ? 0 : __sem_wait_slow(sem, (struct deadline){NULL, 0});
}
