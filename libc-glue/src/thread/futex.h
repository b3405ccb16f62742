/* Words that threads sleep on, and the lock made of one. Errors are positive numbers of <errno.h>. */
#pragma once

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <time.h>

#include "thread.h"

#define WAITERS ABI_FUTEX_WAITERS

enum {
#define SYSCALL(number, name, ...) CALL_##name = number,
#include "abi/syscalls.def"
#undef SYSCALL
};

/* The two system calls of this file are in line: a function around one would save what the call itself keeps. It keeps s0-s11. */
#define CALL_CHANGES "memory", "a4", "a5", "a6", "t0", "t1", "t2", "t3", "t4", "t5", "t6"

/* A point in time by a clock; until == NULL: never. */
struct deadline {
	const struct timespec *until;
	clockid_t clock;
};

/*
 * Sleeps while *word is `expected`. 0: woken; EAGAIN: it is not; EINTR: a handler ran, or somebody cancelled the thread;
 * ETIMEDOUT; EINVAL: the deadline is no time, or the clock none to wait by.
 */
static inline int futex_wait(const unsigned *word, unsigned expected, struct deadline deadline)
{
	register uintptr_t a0 __asm__("a0") = (uintptr_t)word;
	register unsigned a1 __asm__("a1") = expected;
	register const struct timespec *a2 __asm__("a2") = deadline.until;
	register clockid_t a3 __asm__("a3") = deadline.clock;
	register int a7 __asm__("a7") = CALL_futex_wait;

	__asm__ volatile("ecall" : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a7) : : CALL_CHANGES);
	return -(int)a0;
}

/* Wakes as many as sleep there, up to `count`. Returns how many. */
static inline int futex_wake(const unsigned *word, int count)
{
	register uintptr_t a0 __asm__("a0") = (uintptr_t)word;
	register int a1 __asm__("a1") = count;
	register int a7 __asm__("a7") = CALL_futex_wake;

	__asm__ volatile("ecall" : "+r"(a0), "+r"(a1), "+r"(a7) : : "a2", "a3", CALL_CHANGES);
	return (int)a0;
}

static inline unsigned load(const unsigned *word)
{
	return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static inline bool change(unsigned *word, unsigned from, unsigned to)
{
	return __atomic_compare_exchange_n(word, &from, to, true, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

/* The same, not failing without cause. */
static inline bool change_strong(unsigned *word, unsigned from, unsigned to)
{
	return __atomic_compare_exchange_n(word, &from, to, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

/*
 * A lock: 0, or bits of its holder, and WAITERS beside them when others sleep on it. Takes it as `holder`: 0, ETIMEDOUT or
 * EINVAL. Interruptions do not end the wait.
 */
int __word_lock(unsigned *word, unsigned holder, struct deadline deadline);

static inline bool word_trylock(unsigned *word, unsigned holder)
{
	return change_strong(word, 0, holder);
}

/* Touches the word only to free it: it may be gone as soon as another thread has seen that. */
static inline void word_unlock(unsigned *word)
{
	if (__atomic_exchange_n(word, 0, __ATOMIC_RELEASE) & WAITERS)
		futex_wake(word, 1);
}
