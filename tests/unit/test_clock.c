/*
 * Clocks and nanosleep.
 */
#include "world.h"

#include <limits.h>
#include <proc/clock.h>
#include <proc/signal.h>

static struct abi_timespec *now_of(int clock)
{
	static struct abi_timespec *now;

	if (!now)
		now = u_alloc(sizeof *now);
	assert_int_equal(u_call(9, (uintptr_t)clock, now), 0);
	return now;
}

static long set(int clock, int64_t seconds, long ns)
{
	struct abi_timespec *time = now_of(ABI_CLOCK_MONOTONIC);

	*time = (struct abi_timespec){seconds, ns};
	return u_call(10, (uintptr_t)clock, time);
}

static long nap(int64_t seconds, long ns, struct abi_timespec *left)
{
	struct abi_timespec *time = now_of(ABI_CLOCK_MONOTONIC);

	*time = (struct abi_timespec){seconds, ns};
	return u_call(11, time, left);
}

static void monotonic_counts_from_boot(void)
{
	assert_int_equal(now_of(ABI_CLOCK_MONOTONIC)->tv_sec, 0);
	host_advance(3 * ARCH_TIMER_HZ + ARCH_TIMER_HZ / 4);
	assert_int_equal(now_of(ABI_CLOCK_MONOTONIC)->tv_sec, 3);
	assert_int_equal(now_of(ABI_CLOCK_MONOTONIC)->tv_nsec, 250000000);
}

static void realtime_starts_at_the_boards_calendar(void)
{
	assert_int_equal(now_of(ABI_CLOCK_REALTIME)->tv_sec, 1600000000);
	host_advance(ARCH_TIMER_HZ);
	assert_int_equal(now_of(ABI_CLOCK_REALTIME)->tv_sec, 1600000001);
}

static void realtime_can_be_set(void)
{
	host_advance(ARCH_TIMER_HZ / 2);
	assert_int_equal(set(ABI_CLOCK_REALTIME, 1000, 250000000), 0);
	assert_int_equal(now_of(ABI_CLOCK_REALTIME)->tv_sec, 1000);
	assert_int_equal(now_of(ABI_CLOCK_REALTIME)->tv_nsec, 250000000);
	host_advance(ARCH_TIMER_HZ / 4 * 3);
	assert_int_equal(now_of(ABI_CLOCK_REALTIME)->tv_sec, 1001);
	assert_int_equal(now_of(ABI_CLOCK_REALTIME)->tv_nsec, 0);
	assert_int_equal(now_of(ABI_CLOCK_MONOTONIC)->tv_sec, 1); /* untouched */
}

static void wrong_clocks_and_times_are_einval(void)
{
	struct abi_timespec *time = now_of(ABI_CLOCK_MONOTONIC);

	assert_int_equal(u_call(9, (uintptr_t)77, time), -EINVAL);
	assert_int_equal(set(ABI_CLOCK_MONOTONIC, 1, 0), -EINVAL);
	assert_int_equal(set(ABI_CLOCK_REALTIME, -1, 0), -EINVAL);
	assert_int_equal(set(ABI_CLOCK_REALTIME, 1, -1), -EINVAL);
	assert_int_equal(set(ABI_CLOCK_REALTIME, 1, 1000000000), -EINVAL);
	assert_int_equal(nap(-1, 0, NULL), -EINVAL);
	assert_int_equal(nap(0, 1000000000, NULL), -EINVAL);
	assert_int_equal(nap(0, -1, NULL), -EINVAL);
}

/* Ticks at which the clock shows that time. */
static ticks_t when(int clock, int64_t seconds, long ns)
{
	const struct abi_timespec time = {seconds, ns};
	ticks_t deadline;

	assert_int_equal(clock_until(&time, clock, &deadline), 0);
	return deadline;
}

static void points_in_real_time_move_with_the_clock(void)
{
	host_advance(100 * ARCH_TIMER_HZ);
	assert_int_equal(when(ABI_CLOCK_MONOTONIC, 7, 500000000), 7 * ARCH_TIMER_HZ + ARCH_TIMER_HZ / 2);
	assert_int_equal(set(ABI_CLOCK_REALTIME, 1000, 750000000), 0);
	assert_int_equal(when(ABI_CLOCK_REALTIME, 1001, 250000000), 100 * ARCH_TIMER_HZ + ARCH_TIMER_HZ / 2);
	assert_int_equal(when(ABI_CLOCK_REALTIME, 0, 0), 0); /* passed before boot */
	assert_int_equal(when(ABI_CLOCK_REALTIME, -5, 0), 0);
}

static void points_in_the_first_second_of_the_calendar_are_points_in_real_time(void)
{
	host_advance(100 * ARCH_TIMER_HZ);
	assert_int_equal(set(ABI_CLOCK_REALTIME, 0, 0), 0); /* where a board without a calendar clock begins */
	assert_int_equal(when(ABI_CLOCK_REALTIME, 0, 250000000), 100 * ARCH_TIMER_HZ + ARCH_TIMER_HZ / 4);
	assert_int_equal(when(ABI_CLOCK_REALTIME, 1, 0), 101 * ARCH_TIMER_HZ);
}

static void sleeps_no_shorter_than_asked(void)
{
	assert_int_equal(nap(0, 1, NULL), 0);
	assert_int_equal(host_time(), 1);
	assert_int_equal(nap(2, 150, NULL), 0);
	assert_int_equal(host_time(), 1 + 2 * ARCH_TIMER_HZ + 2);
	assert_int_equal(nap(0, 0, NULL), 0);
}

static struct thread *napper;
static struct abi_timespec *left;
static long result;

static void nothing(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)sig, (void)info, (void)context;
}

static void nap_long(void)
{
	struct abi_timespec *span = u_alloc(sizeof *span);

	left = u_alloc(sizeof *left);
	napper = thread_current();
	*span = (struct abi_timespec){10, 0};
	u_action(ABI_SIGUSR1, (uintptr_t)nothing, 0);
	result = u_call(11, span, left);
	assert_int_equal(left->tv_sec, 7);
	assert_int_equal(left->tv_nsec, 500000000);
	*span = (struct abi_timespec){INT64_MAX, 999999999};
	assert_int_equal(u_call(11, span, NULL), -EINTR);
	assert_true(host_time() < 4 * (uint64_t)ARCH_TIMER_HZ);
}

static void interrupted_sleep_tells_what_is_left(void)
{
	long pid;

	world_program("napper", nap_long);
	pid = u_spawn("/napper");
	u_sleep(ARCH_TIMER_HZ / 2 * 5);
	signal_send(napper->owner, ABI_SIGUSR1);
	u_sleep(ARCH_TIMER_HZ);
	assert_int_equal(result, -EINTR);
	signal_send(napper->owner, ABI_SIGUSR1);
	assert_int_equal(u_reap(pid), 0);
}

static const struct CMUnitTest tests[] = {
	WORLD(clock, monotonic_counts_from_boot),
	WORLD(clock, realtime_starts_at_the_boards_calendar),
	WORLD(clock, realtime_can_be_set),
	WORLD(clock, wrong_clocks_and_times_are_einval),
	WORLD(clock, points_in_real_time_move_with_the_clock),
	WORLD(clock, points_in_the_first_second_of_the_calendar_are_points_in_real_time),
	WORLD(clock, sleeps_no_shorter_than_asked),
	WORLD(clock, interrupted_sleep_tells_what_is_left),
};
UNIT_MAIN(clock, tests)
