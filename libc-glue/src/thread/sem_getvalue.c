#include "sem.h"

int sem_getvalue(sem_t *restrict sem, int *restrict value)
{
	if (sem->named)
		return __sem_named_value(sem, value);
	*value = (int)(load(&sem->word) >> VALUE_SHIFT);
	return 0;
}
