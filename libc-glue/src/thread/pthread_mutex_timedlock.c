#include "pthread_mutex.h"

int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *until)
{
	if (word_trylock(&mutex->word, own_tail()->tid))
		return 0;
	return __mutex_lock(mutex, (struct deadline){until, CLOCK_REALTIME});
}
