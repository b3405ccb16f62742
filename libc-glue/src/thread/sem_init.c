#include "sem.h"

int sem_init(sem_t *sem, int shared, unsigned value)
{
	if (value > SEM_VALUE_MAX)
		return sem_error(EINVAL);
	if (shared)
		return sem_error(ENOSYS);
	*sem = (sem_t){value << VALUE_SHIFT, 0};
	return 0;
}

int sem_destroy(sem_t *sem)
{
	if (sem->named)
		return sem_error(EINVAL);
	return load(&sem->word) & WAITERS_MASK ? sem_error(EBUSY) : 0;
}
