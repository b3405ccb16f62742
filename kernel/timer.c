/*
 * One-shot timers in a list by deadline. The hardware follows the head of the list or the running thread's slice.
 */
#include <kernel/timer.h>

#include <arch.h>
#include <kernel/arith.h>
#include <kernel/panic.h>
#include <kernel/thread.h>

static struct {
	struct list queue;
	ticks_t programmed;
} timers = {.queue = LIST_INIT(timers.queue), .programmed = TICKS_NEVER};

void timer_init(struct timer *timer, void (*fire)(struct timer *))
{
	list_init(&timer->link);
	timer->fire = fire;
}

void timer_start(struct timer *timer, ticks_t deadline)
{
	struct list *position;

	list_remove(&timer->link);
	timer->deadline = deadline;
	for (position = timers.queue.next; position != &timers.queue; position = position->next)
		if (list_entry(position, struct timer, link)->deadline > deadline)
			break;
	list_insert(position, &timer->link);
	timer_program(deadline);
}

void timer_stop(struct timer *timer)
{
	list_remove(&timer->link);
}

static struct timer *timer_first(void)
{
	return list_empty(&timers.queue) ? NULL : list_entry(timers.queue.next, struct timer, link);
}

/* The hardware may fire too early, never too late: an earlier deadline that is no longer wanted costs one idle interrupt, and setting
 * it at each switch would cost more. */
void timer_program(ticks_t deadline)
{
	if (deadline >= timers.programmed)
		return;
	timers.programmed = deadline;
	arch_timer_set(deadline);
}

/* Sets the hardware to exactly what comes next. */
static void timer_settle(ticks_t deadline)
{
	const struct timer *first = timer_first();

	if (first && first->deadline < deadline)
		deadline = first->deadline;
	timers.programmed = deadline;
	arch_timer_set(deadline);
}

void timer_interrupt(void)
{
	ticks_t now = timer_now();

	for (struct timer *first; (first = timer_first()) != NULL && first->deadline <= now;) {
		list_remove(&first->link);
		first->fire(first);
	}
	timer_settle(thread_slice_check(now));
}

ticks_t timer_from_ns(uint64_t seconds, uint32_t nanoseconds)
{
	uint32_t rest;
	uint64_t part = divide((uint64_t)nanoseconds * ARCH_TIMER_HZ + 999999999u, 1000000000u, &rest);

	if (seconds > UINT32_MAX && seconds >= divide(TICKS_NEVER, ARCH_TIMER_HZ, &rest) - 1)
		return TICKS_NEVER - 1;
	return seconds * ARCH_TIMER_HZ + part;
}

void timer_to_ns(ticks_t ticks, uint64_t *seconds, uint32_t *nanoseconds)
{
	uint32_t rest;

	*seconds = divide(ticks, ARCH_TIMER_HZ, &rest);
	*nanoseconds = (uint32_t)divide((uint64_t)rest * 1000000000u, ARCH_TIMER_HZ, &rest);
}
