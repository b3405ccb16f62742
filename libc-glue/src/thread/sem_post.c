/* The semaphore is not touched once the value is up: who takes it may destroy it. */
#include "sem.h"

int sem_post(sem_t *sem)
{
	unsigned now;

	if (sem->named)
		return __sem_named_post(sem);
	do {
		now = sem_peek(sem);
		if ((int)(now + VALUE) < 0)
			return sem_error(EOVERFLOW);
	} while (!change(&sem->word, now, now + VALUE));
	return !(now & WAITERS_MASK) || futex_wake(&sem->word, 1) >= 0 ? 0 : -1;
}
