/*
 * What a thread is to the library. tp points behind its structures:
 *
 *     from malloc or the program:  | stack .......... |  (first thread: the stack of the process)
 *     from malloc:  | struct thread_life | struct _reent | struct thread_tail |
 *                                                                             ^ tp, and its pthread_t
 *
 * The first thread's are static: struct _reent and tail in crt0, which sets tp in every program; its life with
 * pthread_create. Each function is in a file of its own, so that a program has what it uses: only pthread_create brings in
 * locks for stdio and malloc, only pthread_cancel cancellation points (both in instead/).
 *
 * A child of vfork runs on its parent's tp and is, to the library, the thread that lent.
 *
 * Rules: `tid` is written before anybody else knows the thread. `cancelled` is set by others, everything else in the tail
 * is the thread's own. A life's flags and `next` are guarded by __threads.lock, and another thread may give a tid to the
 * kernel only under that lock while the thread has not `ended`: a thread takes the lock before it gives up its tid.
 */
#pragma once

#include <pthread.h>
#include <reent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/lock.h>

#include "../../syscall/syscall.h"
#include "raw.h"

struct thread_values;

struct thread_tail {
	struct thread_values *values; /* of pthread_setspecific */
	struct _pthread_cleanup_context *cleanup;
	uint16_t tid;
	uint16_t reading; /* read-write locks held for reading */
	uint8_t cancelled;
	uint8_t held; /* not 0: no cancellation now, for the library holds a lock or is in the middle of something */
	uint8_t disabled; /* the same, by pthread_setcancelstate */
	uint8_t unused;
};
_Static_assert(sizeof(struct thread_tail) == __THREAD_TAIL_SIZE, "__getreent() finds struct _reent before the tail");

struct thread_life {
	int gone; /* 0; the kernel sets it to 1 when the thread has run its last instruction, and wakes who waits here */
	bool ended, detached, joining;
	void *result;
	void *(*routine)(void *);
	void *argument;
	struct thread_life *next; /* of those that nobody will join, once they have ended */
	void *memory;		  /* the block; NULL: the first thread, which is never freed */
};

extern struct thread_life __main_life;

static inline void *thread_pointer(void)
{
	__NEEDS_THREAD_POINTER;
	return __builtin_thread_pointer();
}

static inline struct thread_tail *tail_of(pthread_t thread)
{
	return (struct thread_tail *)(void *)thread - 1;
}

static inline struct thread_tail *own_tail(void)
{
	return (struct thread_tail *)thread_pointer() - 1;
}

static inline struct _reent *reent_of(pthread_t thread)
{
	return (struct _reent *)(void *)tail_of(thread) - 1;
}

static inline struct thread_life *life_of(pthread_t thread)
{
	struct _reent *reent = reent_of(thread);

	return reent == &__main_thread ? &__main_life : (struct thread_life *)(void *)reent - 1;
}

/* Cancellation waits between the two; they nest. */
static inline void cancel_hold(void)
{
	own_tail()->held++;
}

static inline void cancel_release(void)
{
	own_tail()->held--;
}

/* What pthread_create, pthread_exit and the others share; see the rules above. */
struct threads {
	_LOCK_T lock;
	int more; /* threads beside one; the last to end finds 0 */
	struct thread_life *dead;
};

extern struct threads __threads;

/* Frees the threads that have ended and that nobody will join. */
void __threads_reap(void);
/* Frees what is left of one that is gone. */
void __thread_free(struct thread_life *life);
/* Leaves one that has ended, and that nobody will join, to __threads_reap. With the lock held. */
void __thread_bury(struct thread_life *life);
/* Runs the destructors of the caller's values and frees them. Does nothing in a program without pthread_setspecific. */
void __thread_values_end(void);
