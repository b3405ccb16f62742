#include "pthread_mutex.h"

static int unlock_inheriting(pthread_mutex_t *mutex, unsigned tid)
{
	if (change_strong(&mutex->word, tid, 0))
		return 0;
	return -(int)raw_futex_unlock_pi((int *)&mutex->word);
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	unsigned tid = own_tail()->tid;

	if (mutex->type != PTHREAD_MUTEX_NORMAL) {
		if (!is_own(mutex, tid))
			return EPERM;
		if (mutex->depth > 0) {
			mutex->depth--;
			return 0;
		}
	}
	if (mutex->protocol == PTHREAD_PRIO_INHERIT)
		return unlock_inheriting(mutex, tid);
	word_unlock(&mutex->word);
	return 0;
}
