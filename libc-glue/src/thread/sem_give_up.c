#include "sem.h"

int __sem_give_up(sem_t *sem, int error)
{
	__atomic_fetch_sub(&sem->word, WAITER, __ATOMIC_RELAXED);
	if (error == EINTR)
		pthread_testcancel();
	return sem_error(error);
}
