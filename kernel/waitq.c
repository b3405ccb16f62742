/*
 * Wait queues. A sleeper is linked into the queue by priority; its timer, when armed, wakes it with -ETIMEDOUT. Whoever wakes it
 * takes it out, so an event, a timeout and an interruption never count twice. Who sleeps alone is in no queue, and is woken by name.
 */
#include <kernel/waitq.h>

#include <abi/errno.h>
#include <kernel/panic.h>
#include <kernel/sem.h>

static void waitq_insert(struct waitq *queue, struct thread *thread)
{
	struct list *position = &queue->sleepers;

	while (position->prev != &queue->sleepers &&
	       list_entry(position->prev, struct thread, link)->prio < thread->prio)
		position = position->prev;
	list_insert(position, &thread->link);
}

void waitq_reorder(struct thread *thread)
{
	list_remove(&thread->link);
	waitq_insert(thread->waitq, thread);
}

/* A sleeper that gives up a semaphore takes away the priority that it lent to the holder, or it might have to wait for it. */
static void waitq_give_up(struct thread *thread)
{
	struct thread *holder = thread->blocked_on ? thread->blocked_on->holder : NULL;

	thread->blocked_on = NULL;
	if (holder)
		thread_update_priority(holder);
}

/* The event did not come. */
static __attribute__((noinline)) void waitq_wake_early(struct thread *thread)
{
	waitq_give_up(thread);
	thread_start(thread);
}

void waitq_wake_thread(struct thread *thread, int result)
{
	ASSERT(thread->state == THREAD_SLEEPING && thread->waitq);
	list_unlink(&thread->link);
	thread->waitq = NULL;
	thread->wake_result = (int16_t)result;
	if (result < 0)
		waitq_wake_early(thread);
	else
		thread_start(thread);
}

static void waitq_timeout(struct timer *timer)
{
	struct thread *thread = list_entry(timer, struct thread, timer);

	if (thread->waitq)
		waitq_wake_thread(thread, -ETIMEDOUT);
}

static void waitq_timer_start(struct thread *thread, ticks_t deadline)
{
	thread->timer.fire = waitq_timeout;
	timer_start(&thread->timer, deadline);
}

static inline void waitq_timer_stop(struct thread *thread)
{
	if (timer_armed(&thread->timer))
		timer_stop(&thread->timer);
}

static inline void waitq_enter(struct thread *thread, struct waitq *queue, enum thread_sleep depth)
{
	ASSERT(!thread->waitq);
	thread->state = THREAD_SLEEPING;
	thread->sleep = (uint8_t)depth;
	thread->waitq = queue;
}

void waitq_prepare(struct waitq *queue, enum thread_sleep depth, ticks_t deadline)
{
	struct thread *thread = thread_current();

	waitq_enter(thread, queue, depth);
	waitq_insert(queue, thread);
	if (deadline != TICKS_NEVER)
		waitq_timer_start(thread, deadline);
}

int waitq_commit(void)
{
	struct thread *thread = thread_current();

	thread_schedule();
	waitq_timer_stop(thread);
	return thread->wake_result;
}

int waitq_sleep(struct waitq *queue, enum thread_sleep depth, ticks_t deadline)
{
	const struct thread *thread = thread_current();

	if (thread->interrupted && depth >= thread->interrupted)
		return waitq_interrupted();
	waitq_prepare(queue, depth, deadline);
	return waitq_commit();
}

/* Who sleeps alone is in no list; waitq_reorder may put it into this one, which nobody wakes. */
int waitq_sleep_alone(enum thread_sleep depth)
{
	static struct waitq alone = WAITQ_INIT(alone);
	struct thread *thread = thread_current();

	if (thread->interrupted && depth >= thread->interrupted)
		return waitq_interrupted();
	waitq_enter(thread, &alone, depth);
	list_init(&thread->link);
	thread_schedule();
	return thread->wake_result;
}

int waitq_sleep_until(enum thread_sleep depth, ticks_t deadline)
{
	struct thread *thread = thread_current();
	int result;

	waitq_timer_start(thread, deadline);
	result = waitq_sleep_alone(depth);
	waitq_timer_stop(thread);
	return result;
}

struct thread *waitq_wake_one(struct waitq *queue, int result)
{
	struct thread *thread;

	if (list_empty(&queue->sleepers))
		return NULL;
	thread = list_entry(queue->sleepers.next, struct thread, link);
	waitq_wake_thread(thread, result);
	return thread;
}

void waitq_wake_all(struct waitq *queue, int result)
{
	while (waitq_wake_one(queue, result))
		;
}
