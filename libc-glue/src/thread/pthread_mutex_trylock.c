#include "pthread_mutex.h"

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	unsigned tid = own_tail()->tid;

	if (word_trylock(&mutex->word, tid))
		return 0;
	return mutex->type == PTHREAD_MUTEX_RECURSIVE && is_own(mutex, tid) ? lock_again(mutex) : EBUSY;
}
