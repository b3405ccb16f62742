#include "pthread_mutex.h"

int __mutex_lock(pthread_mutex_t *mutex, struct deadline deadline)
{
	unsigned tid = own_tail()->tid;

	if (mutex->type != PTHREAD_MUTEX_NORMAL && is_own(mutex, tid))
		return mutex->type == PTHREAD_MUTEX_RECURSIVE ? lock_again(mutex) : EDEADLK;
	if (mutex->protocol != PTHREAD_PRIO_INHERIT)
		return __word_lock(&mutex->word, tid, deadline);
	return -(int)raw_futex_lock_pi((int *)&mutex->word, (const struct abi_timespec *)deadline.until, (int)deadline.clock);
}
