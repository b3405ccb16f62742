#include "pthread_mutex.h"

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	if (word_trylock(&mutex->word, own_tail()->tid))
		return 0;
	return __mutex_lock(mutex, (struct deadline){NULL, 0});
}
