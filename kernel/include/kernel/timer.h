/*
 * One-shot timers, tickless: the hardware is set to the earliest deadline only. Times are ticks of the board's
 * monotonic counter (ARCH_TIMER_HZ of them a second).
 */
#pragma once

#include <arch.h>
#include <kernel/list.h>

#include <stdbool.h>
#include <stdint.h>

typedef uint64_t ticks_t;
#define TICKS_NEVER UINT64_MAX

struct timer {
	struct list link;
	ticks_t deadline;
	void (*fire)(struct timer *timer); /* runs with interrupts masked, after the timer was taken off the queue */
};

void timer_init(struct timer *timer, void (*fire)(struct timer *));
/* Arms (again, if armed) for an absolute deadline; a past one fires at the next opportunity. */
void timer_start(struct timer *timer, ticks_t deadline);
void timer_stop(struct timer *timer);
static inline bool timer_armed(const struct timer *timer)
{
	return !list_empty(&timer->link);
}

/* The timer interrupt: fires what is due and sets the hardware to what comes next. */
void timer_interrupt(void);
/* Makes sure that the timer interrupt comes at `deadline` or earlier. */
void timer_program(ticks_t deadline);

static inline ticks_t timer_now(void)
{
	return arch_time();
}
/* Conversions saturate; ticks are rounded up so that no sleep is too short. */
ticks_t timer_from_ns(uint64_t seconds, uint32_t nanoseconds);
void timer_to_ns(ticks_t ticks, uint64_t *seconds, uint32_t *nanoseconds);
