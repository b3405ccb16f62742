/*
 * Points in time as programs give them.
 */
#pragma once

#include <abi/abi.h>
#include <kernel/timer.h>

/* The ticks at which a clock (real time, monotonic) shows that time; one that has passed gives a deadline in the past. 0, or -EINVAL. Thread context. */
int clock_until(const struct abi_timespec *time, int clock, ticks_t *deadline);
/* The deadline that lies a span of time from now. 0, or -EINVAL for a negative span or too many nanoseconds. Thread context. */
int clock_deadline(const struct abi_timespec *span, ticks_t *deadline);
