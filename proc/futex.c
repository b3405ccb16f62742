/*
 * Waiting for a word of memory to change: what everything that sleeps in the C library's threads is made of.
 *
 * A waiter is a record on its own kernel stack, linked into its space; the address is the key. Lender and borrower run in the same space and so
 * meet in the same words; other processes cannot. Waking looks for the most urgent waiter of the word, the oldest of several, by the priority that it has then.
 *
 * Invariants: a record is linked from the sleep until the waker, or the waiter itself after another end of its sleep, takes it out. One whose sleep has ended by
 * timeout or interruption is linked still, but is passed over: it will not count as woken.
 */
#include "internal.h"

struct futex {
	struct futex *next;
	uintptr_t word;
	struct thread *thread;
};

static void futex_unlink(struct space *space, const struct thread *thread)
{
	for (struct futex **at = &space->waiters; *at; at = &(*at)->next)
		if ((*at)->thread == thread) {
			*at = (*at)->next;
			return;
		}
}

/* Where the most urgent waiter is linked; NULL: there is none. Newest come first in the list: of equals the last one is the oldest. */
static struct futex **most_urgent(struct space *space, uintptr_t word)
{
	struct futex **best = NULL, *it;

	for (struct futex **at = &space->waiters; (it = *at) != NULL; at = &it->next)
		if (it->word == word && it->thread->waitq && (!best || it->thread->prio >= (*best)->thread->prio))
			best = at;
	return best;
}

int futex_wake(struct space *space, uintptr_t word, int count)
{
	int woken = 0;

	for (; woken < count; woken++) {
		struct futex **at = most_urgent(space, word), *futex;

		if (!at)
			break;
		futex = *at;
		*at = futex->next;
		waitq_wake_thread(futex->thread, 0);
	}
	return woken;
}

bool futex_waits(const struct thread *thread)
{
	const struct process *process = thread->owner;

	for (const struct futex *it = process->space->waiters; it; it = it->next)
		if (it->thread == thread)
			return thread->waitq != NULL;
	return false;
}

/* The only waiter of the space, and it is meant: what posting to one other thread finds. */
static bool wake_the_only(struct space *space, uintptr_t word)
{
	struct futex *only = space->waiters;

	if (!only || only->next || only->word != word || !only->thread->waitq)
		return false;
	space->waiters = NULL;
	waitq_wake_thread(only->thread, 0);
	return true;
}

long sys_futex_wake(uintptr_t word, int count)
{
	if (count > 0 && wake_the_only(process_current()->space, word))
		return 1;
	return futex_wake(process_current()->space, word, count);
}

/* Each instruction from here on counts in what programs do at every turn; what is rare stands in functions of its own. */

static __attribute__((noinline)) int futex_abandon(int result)
{
	futex_unlink(process_current()->space, thread_current());
	return result;
}

static __attribute__((always_inline)) inline int futex_sleep(struct space *space, uintptr_t word, ticks_t until)
{
	struct futex self = {space->waiters, word, thread_current()};
	int result;

	space->waiters = &self;
	result = until == TICKS_NEVER ? waitq_sleep_alone(SLEEP_INTERRUPTIBLE) : waitq_sleep_until(SLEEP_INTERRUPTIBLE, until);
	return result < 0 ? futex_abandon(result) : result;
}

static __attribute__((noinline)) int futex_sleep_until(struct space *space, uintptr_t word, uintptr_t deadline, int clock)
{
	ticks_t until;
	int error;

	if (!user_readable_object(deadline, sizeof(struct abi_timespec), _Alignof(struct abi_timespec)))
		return -EFAULT;
	error = clock_until((const struct abi_timespec *)deadline, clock, &until);
	return error < 0 ? error : futex_sleep(space, word, until);
}

long sys_futex_wait(uintptr_t word, int expected, uintptr_t deadline, int clock)
{
	struct space *space = process_current()->space;

	if ((word & (sizeof(int) - 1)) || !user_writable((const void *)word, sizeof(int)))
		return -EFAULT;
	if (*(const volatile int *)word != expected)
		return -EAGAIN;
	return deadline ? futex_sleep_until(space, word, deadline, clock) : futex_sleep(space, word, TICKS_NEVER);
}
