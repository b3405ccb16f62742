/*
 * One-shot timers, tickless: the hardware is set to the earliest deadline only. Times are ticks of the board's
 * monotonic counter (ARCH_TIMER_HZ of them a second).
 */
#pragma once

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
bool timer_armed(const struct timer *timer);

/* The timer interrupt: fires what is due and sets the hardware to what comes next. */
void timer_interrupt(void);
/* Tells the hardware the next deadline: the earliest timer, or the end of the running thread's time slice. */
void timer_program(void);

ticks_t timer_now(void);
/* Conversions saturate; ticks are rounded up so that no sleep is too short. */
ticks_t timer_from_ns(uint64_t seconds, uint32_t nanoseconds);
void timer_to_ns(ticks_t ticks, uint64_t *seconds, uint32_t *nanoseconds);
