/* The library's own locks in a program of threads; they take the place of the empty ones in nolock.c. */
#include "../futex.h"

#define HOLDER 0xffffu
#define ONCE_MORE 0x10000u

/* pthread_create asks for this file by this name. */
extern const char __libc_locks_work;
const char __libc_locks_work = 1;

void __libc_lock(_LOCK_T *lock)
{
	unsigned tid = own_tail()->tid;

	cancel_hold();
	if (word_trylock(lock, tid))
		return;
	if ((load(lock) & HOLDER) == tid)
		__atomic_fetch_add(lock, ONCE_MORE, __ATOMIC_RELAXED);
	else
		__word_lock(lock, tid, (struct deadline){NULL, 0});
}

int __libc_trylock(_LOCK_T *lock)
{
	unsigned tid = own_tail()->tid;

	if ((load(lock) & HOLDER) == tid)
		__atomic_fetch_add(lock, ONCE_MORE, __ATOMIC_RELAXED);
	else if (!word_trylock(lock, tid))
		return 0;
	cancel_hold();
	return 1;
}

void __libc_unlock(_LOCK_T *lock)
{
	if (load(lock) & ~(HOLDER | WAITERS))
		__atomic_fetch_sub(lock, ONCE_MORE, __ATOMIC_RELAXED);
	else
		word_unlock(lock);
	cancel_release();
}
