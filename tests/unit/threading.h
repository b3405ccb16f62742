/* What the tests of threads share: threads of a process, the words that they wait for, and locks in these. */
#pragma once

#include "world.h"

#include <stdlib.h>

/* A lock in the hands of a thread, without and with others that wait. */
#define HELD(tid) (tid)
#define WAITED(tid) ((int)((unsigned)(tid) | ABI_FUTEX_WAITERS))

/* What the threads of a test wait for. */
static int *word, *other;
static struct abi_timespec *deadline;

/* A FIFO thread of that priority, 0: the caller's policy. Runs at once when it is more urgent than the caller. */
static inline long thread_make(void (*entry)(struct trapframe *), int priority)
{
	struct abi_thread *spec = u_alloc(sizeof *spec);
	char *stack = u_alloc(256);

	*spec = (struct abi_thread){(uintptr_t)entry, 0, ((uintptr_t)stack + 256) & ~(uintptr_t)15, 0,
				    priority ? ABI_SCHED_FIFO : ABI_THREAD_INHERIT, priority};
	return u_call(60, spec);
}

/* Two words of 0 and a deadline, in the arena of the caller. */
static inline void words_make(void)
{
	word = u_alloc(sizeof *word);
	other = u_alloc(sizeof *other);
	deadline = u_alloc(sizeof *deadline);
	*word = *other = 0;
}

/* Waits once if *at is `value`. */
static inline long wait_while(int *at, int value)
{
	return u_call(62, at, (uintptr_t)value, NULL, (uintptr_t)0);
}

static inline long wake(int *at, int count)
{
	return u_call(63, at, (uintptr_t)count);
}

/* The lock with priority inheritance in a word. */
static inline long lock(int *at)
{
	return u_call(64, at, NULL, (uintptr_t)0);
}

static inline long unlock(int *at)
{
	return u_call(65, at);
}

/* The end of the calling thread. */
static inline _Noreturn void thread_leave(void)
{
	u_call(61, NULL, (uintptr_t)0);
	abort();
}

/* A thread that ends with the lock in its hands. */
static inline void dies_holding(struct trapframe *frame)
{
	(void)frame;
	*word = HELD(sys_thread_self());
	u_sleep(100);
	thread_leave();
}

/* A thread that notes a letter every 100 ticks, without end. */
static inline void beats(struct trapframe *frame)
{
	(void)frame;
	for (;;) {
		unit_note('b');
		u_sleep(100);
	}
}
