/*
 * Wait queues, under everything that blocks. Sleepers are ordered by priority, first come first served within one.
 */
#pragma once

#include <abi/errno.h>
#include <kernel/thread.h>

struct waitq {
	struct list sleepers;
};

#define WAITQ_INIT(q) {LIST_INIT((q).sleepers)}

static inline void waitq_init(struct waitq *queue)
{
	list_init(&queue->sleepers);
}

/* Sleeps until woken, interrupted (as far as `depth` allows) or `deadline` (TICKS_NEVER: none).
 * Returns 0, -EINTR or -ETIMEDOUT. Thread context. The caller tests its condition again afterwards. */
int waitq_sleep(struct waitq *queue, enum thread_sleep depth, ticks_t deadline);

/* The same in no queue: only waitq_wake_thread or an interruption ends the sleep. */
int waitq_sleep_alone(enum thread_sleep depth);
/* And with a deadline, which is not TICKS_NEVER. */
int waitq_sleep_until(enum thread_sleep depth, ticks_t deadline);

/* The calling thread was interrupted before it went to sleep: -EINTR, which its way back to user mode shall hear of. */
static inline int waitq_interrupted(void)
{
	thread_current()->work |= THREAD_WORK_SIGNAL;
	return -EINTR;
}

/* The two halves of waitq_sleep, for callers that must act in between (priority inheritance): the first queues the caller, the second
 * leaves the processor. */
void waitq_prepare(struct waitq *queue, enum thread_sleep depth, ticks_t deadline);
int waitq_commit(void);

/* Makes the most urgent sleeper ready; its sleep returns `result` (0 or -Exxx). Returns it, or NULL. Any context. */
struct thread *waitq_wake_one(struct waitq *queue, int result);
void waitq_wake_all(struct waitq *queue, int result);

/* Takes one sleeping thread out, whichever queue it sleeps in, and makes it ready. Any context. */
void waitq_wake_thread(struct thread *thread, int result);

/* Puts a sleeper whose priority changed where it belongs. */
void waitq_reorder(struct thread *thread);

static inline bool waitq_empty(const struct waitq *queue)
{
	return list_empty(&queue->sleepers);
}
