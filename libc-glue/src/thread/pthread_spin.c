/*
 * Spin locks do not spin: on one processor their holder could not run meanwhile. They sleep as mutexes do.
 */
#include "futex.h"

int pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
	if (shared != PTHREAD_PROCESS_PRIVATE)
		return shared == PTHREAD_PROCESS_SHARED ? ENOTSUP : EINVAL;
	*lock = 0;
	return 0;
}

int pthread_spin_destroy(pthread_spinlock_t *lock)
{
	return load(lock) ? EBUSY : 0;
}

int pthread_spin_lock(pthread_spinlock_t *lock)
{
	unsigned tid = own_tail()->tid;

	if (word_trylock(lock, tid))
		return 0;
	if ((load(lock) & ~WAITERS) == tid)
		return EDEADLK;
	return __word_lock(lock, tid, (struct deadline){NULL, 0});
}

int pthread_spin_trylock(pthread_spinlock_t *lock)
{
	return word_trylock(lock, own_tail()->tid) ? 0 : EBUSY;
}

int pthread_spin_unlock(pthread_spinlock_t *lock)
{
	word_unlock(lock);
	return 0;
}
