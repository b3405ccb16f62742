/*
 * Clocks and sleeping. CLOCK_REALTIME is the monotonic clock plus an offset, read from the board's calendar clock when
 * it is first needed, and changed by clock_settime.
 */
#include "internal.h"

#include <arch.h>
#include <kernel/arith.h>
#include <proc/signal.h>

#define NS 1000000000

static struct {
	int64_t seconds;
	uint32_t nanoseconds;
	bool known;
} offset;

static void seconds_of(ticks_t ticks, int64_t *seconds, uint32_t *nanoseconds)
{
	uint64_t s;

	timer_to_ns(ticks, &s, nanoseconds);
	*seconds = (int64_t)s;
}

static void monotonic(int64_t *seconds, uint32_t *nanoseconds)
{
	seconds_of(timer_now(), seconds, nanoseconds);
}

static void offset_set(int64_t seconds, uint32_t nanoseconds)
{
	int64_t now;
	uint32_t ns;

	monotonic(&now, &ns);
	offset.known = true;
	offset.seconds = seconds - now - (nanoseconds < ns);
	offset.nanoseconds = nanoseconds < ns ? nanoseconds + NS - ns : nanoseconds - ns;
}

static void offset_find(void)
{
	uint32_t ns;
	uint64_t seconds = divide(arch_calendar_ns(), NS, &ns);

	offset_set((int64_t)seconds, ns);
}

static __attribute__((noinline)) long clock_resolution(int clock, struct abi_timespec *resolution)
{
	if (clock != ABI_CLOCK_REALTIME && clock != ABI_CLOCK_MONOTONIC && clock != ABI_CLOCK_PROCESS_CPUTIME_ID &&
	    clock != ABI_CLOCK_THREAD_CPUTIME_ID)
		return -EINVAL;
	*resolution = (struct abi_timespec){0, (long)((NS + ARCH_TIMER_HZ - 1) / ARCH_TIMER_HZ)};
	return 0;
}

long sys_clock_gettime(int clock, struct abi_timespec *now)
{
	uint32_t ns;

	if (clock == ABI_CLOCK_PROCESS_CPUTIME_ID)
		seconds_of(process_cpu_time(process_current()), &now->tv_sec, &ns);
	else if (clock == ABI_CLOCK_THREAD_CPUTIME_ID)
		seconds_of(thread_cpu_time(), &now->tv_sec, &ns);
	else if (clock == ABI_CLOCK_REALTIME || clock == ABI_CLOCK_MONOTONIC)
		monotonic(&now->tv_sec, &ns);
	else
		return clock & ABI_CLOCK_RESOLUTION ? clock_resolution(clock & ~ABI_CLOCK_RESOLUTION, now) : -EINVAL;
	if (clock == ABI_CLOCK_REALTIME) {
		if (!offset.known)
			offset_find();
		now->tv_sec += offset.seconds + (ns + offset.nanoseconds >= NS);
		ns = ns + offset.nanoseconds >= NS ? ns + offset.nanoseconds - NS : ns + offset.nanoseconds;
	}
	now->tv_nsec = (long)ns;
	return 0;
}

static bool timespec_valid(const struct abi_timespec *time)
{
	return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < NS;
}

long sys_clock_settime(int clock, const struct abi_timespec *now)
{
	if (clock != ABI_CLOCK_REALTIME || !timespec_valid(now))
		return -EINVAL;
	if (!caller_is_superuser())
		return -EPERM;
	offset_set(now->tv_sec, (uint32_t)now->tv_nsec);
	return 0;
}

int clock_deadline(const struct abi_timespec *span, ticks_t *deadline)
{
	ticks_t now = timer_now(), ticks;

	if (!timespec_valid(span))
		return -EINVAL;
	ticks = timer_from_ns((uint64_t)span->tv_sec, (uint32_t)span->tv_nsec);
	*deadline = ticks < TICKS_NEVER - 1 - now ? now + ticks : TICKS_NEVER - 1;
	return 0;
}

int clock_until(const struct abi_timespec *time, int clock, ticks_t *deadline)
{
	int64_t seconds = time->tv_sec, ns = time->tv_nsec;

	if (ns < 0 || ns >= NS || (clock != ABI_CLOCK_REALTIME && clock != ABI_CLOCK_MONOTONIC))
		return -EINVAL;
	if (clock == ABI_CLOCK_REALTIME && seconds >= 0) {
		if (!offset.known)
			offset_find();
		ns -= offset.nanoseconds;
		seconds -= offset.seconds + (ns < 0);
		ns = ns < 0 ? ns + NS : ns;
	}
	*deadline = seconds < 0 ? 0 : timer_from_ns((uint64_t)seconds, (uint32_t)ns);
	if (*deadline == TICKS_NEVER)
		*deadline = TICKS_NEVER - 1;
	return 0;
}

static void left_fill(struct abi_timespec *left, ticks_t deadline)
{
	ticks_t now = timer_now();
	uint64_t seconds;
	uint32_t ns;

	timer_to_ns(now < deadline ? deadline - now : 0, &seconds, &ns);
	*left = (struct abi_timespec){(int64_t)seconds, (long)ns};
}

long sys_nanosleep(const struct abi_timespec *span, struct abi_timespec *left)
{
	ticks_t deadline;
	int result = clock_deadline(span, &deadline);

	if (result < 0)
		return result;
	do
		result = waitq_sleep_until(SLEEP_INTERRUPTIBLE, deadline);
	while (result == -EINTR && signals_settle());
	if (result == -ETIMEDOUT)
		return 0;
	if (left && user_writable(left, sizeof *left))
		left_fill(left, deadline);
	return result;
}
