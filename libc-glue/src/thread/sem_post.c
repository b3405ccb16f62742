/* The semaphore is not touched once the value is up: who takes it may destroy it. */
#include "sem.h"

int sem_post(sem_t *sem)
{
	unsigned now;

	if (sem->named)
		return __sem_named_post(sem);
	do {
		now = load(&sem->word);
		if ((now & VALUE) == SEM_VALUE_MAX)
			return sem_error(EOVERFLOW);
	} while (!change(&sem->word, now, now + 1));
	if (now & ~VALUE)
		futex_wake(&sem->word, 1);
	return 0;
}
