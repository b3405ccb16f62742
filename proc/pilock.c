/*
 * Locks with priority inheritance. The word of a lock is 0 when it is free, else the thread id of its holder, with ABI_FUTEX_WAITERS while others wait. Programs take
 * and release it by compare-and-swap as long as nobody waits; then the kernel has a record, a mutex of kernel/sem that the holder holds, so that it
 * inherits its waiters' priorities. Release hands the lock over to the most urgent waiter.
 *
 * Invariants:
 *   - a record exists exactly while somebody waits for its word: whoever takes the last waiter away gives it back;
 *   - each thread waits for at most one word, so there are never more records in use than threads: one is allocated with each thread (pilock_reserve), and
 *     to wait never fails for want of memory;
 *   - the ids are those of one process: a borrower, whose lender's threads are the holders, cannot wait;
 *   - a word is the program's, and may hold anything: it decides who waits for whom within the process, nothing else.
 *
 * A thread that ends while it holds a lock leaves the word as it is. Who waits for it, or comes later, gets -ESRCH.
 */
#include "internal.h"

#include <kernel/mem.h>
#include <kernel/panic.h>

struct pilock {
	struct list link;      /* in threads->spare_locks, or among those in use */
	const struct space *space;
	uintptr_t word;
	struct mutex mutex;    /* held by the holder of the lock */
};

static struct list in_use = LIST_INIT(in_use);

bool pilock_reserve(struct threads *threads)
{
	struct pilock *lock = mem_alloc(sizeof *lock);

	if (lock)
		list_append(&threads->spare_locks, &lock->link);
	return lock != NULL;
}

static struct pilock *spare_take(struct threads *threads)
{
	struct pilock *lock = list_entry(threads->spare_locks.next, struct pilock, link);

	ASSERT(!list_empty(&threads->spare_locks));
	list_unlink(&lock->link);
	return lock;
}

void pilock_unreserve(struct threads *threads)
{
	mem_free(spare_take(threads));
}

static struct pilock *pilock_find(const int *word)
{
	list_for_each(it, &in_use) {
		struct pilock *lock = list_entry(it, struct pilock, link);

		if (lock->word == (uintptr_t)word && lock->space == process_current()->space)
			return lock;
	}
	return NULL;
}

/* Nobody waits any more. */
static void pilock_put(struct threads *threads, struct pilock *lock)
{
	ASSERT(waitq_empty(&lock->mutex.sem.waiters));
	sem_set_holder(&lock->mutex.sem, NULL);
	list_unlink(&lock->link);
	list_append(&threads->spare_locks, &lock->link);
}

/* The record of a word that `holder` holds. */
static struct pilock *pilock_get(struct threads *threads, int *word, struct thread *holder)
{
	struct pilock *lock = pilock_find(word);

	if (lock)
		return lock;
	lock = spare_take(threads);
	lock->space = process_current()->space;
	lock->word = (uintptr_t)word;
	sem_make(&lock->mutex.sem, 0);
	sem_set_holder(&lock->mutex.sem, holder);
	list_append(&in_use, &lock->link);
	return lock;
}

/* The caller waits no more. */
static void waiter_gone(struct threads *threads, int *word)
{
	struct pilock *lock = pilock_find(word);

	if (!lock || !waitq_empty(&lock->mutex.sem.waiters))
		return;
	pilock_put(threads, lock);
	if (user_writable(word, sizeof *word))
		*word &= ~(int)ABI_FUTEX_WAITERS;
}

/* Waits until the holder hands the lock over. */
static int pilock_wait(int *word, struct thread *holder, ticks_t deadline)
{
	struct threads *threads = process_current()->threads;
	struct pilock *lock = pilock_get(threads, word, holder);
	int error;

	*word |= (int)ABI_FUTEX_WAITERS;
	error = mutex_lock(&lock->mutex, SLEEP_INTERRUPTIBLE, deadline);
	if (error < 0)
		waiter_gone(threads, word);
	return error;
}

static int holder_of(const int *word)
{
	return *word & (int)~ABI_FUTEX_WAITERS;
}

long sys_futex_lock_pi(int *word, const struct abi_timespec *deadline, int clock)
{
	ticks_t until = TICKS_NEVER;
	struct thread *holder;
	int error = deadline ? clock_until(deadline, clock, &until) : 0;

	if (holder_of(word) == 0) {
		*word = (int)threads_tid(thread_current());
		return 0;
	}
	if (process_current()->borrowing)
		return -EPERM;
	holder = threads_find(holder_of(word));
	if (!holder)
		return -ESRCH;
	if (holder == thread_current())
		return -EDEADLK;
	return error < 0 ? error : pilock_wait(word, holder, until);
}

long sys_futex_unlock_pi(int *word)
{
	const struct thread *next;
	struct pilock *lock;
	int error;

	if (holder_of(word) != (int)threads_tid(thread_current()))
		return -EPERM;
	lock = pilock_find(word);
	if (!lock) {
		*word = 0;
		return 0;
	}
	error = process_current()->borrowing ? -EPERM : mutex_unlock(&lock->mutex);
	if (error < 0)
		return error;
	next = lock->mutex.sem.holder; /* NULL: who waited gave up just now, and has not come back yet */
	*word = next ? (int)threads_tid(next) : 0;
	if (waitq_empty(&lock->mutex.sem.waiters))
		pilock_put(process_current()->threads, lock);
	else
		*word |= (int)ABI_FUTEX_WAITERS;
	return 0;
}

void pilock_orphan(struct thread *thread)
{
	while (!list_empty(&thread->held)) {
		struct sem *sem = list_entry(thread->held.next, struct sem, held_link);
		struct pilock *lock = list_entry(sem, struct pilock, mutex.sem);

		waitq_wake_all(&sem->waiters, -ESRCH);
		pilock_put(process_current()->threads, lock);
	}
}
