/*
 * The interval timer.
 */
#include "world.h"

#include <proc/signal.h>
#include <string.h>

#define US (ARCH_TIMER_HZ / 1000000) /* ticks in a microsecond */

static struct abi_itimerval *values;

static long set(long interval_us, long value_us)
{
	values = values ? values : u_alloc(2 * sizeof *values);
	values[0] = (struct abi_itimerval){
		{interval_us / 1000000, interval_us % 1000000}, {value_us / 1000000, value_us % 1000000}};
	return u_call(53, (uintptr_t)ABI_ITIMER_REAL, values, values + 1);
}

static int64_t left(void)
{
	assert_int_equal(u_call(54, (uintptr_t)ABI_ITIMER_REAL, values), 0);
	return values->it_value.tv_sec * 1000000 + values->it_value.tv_usec;
}

static void note(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)info, (void)context;
	assert_int_equal(sig, ABI_SIGALRM);
	unit_note('a');
}

static void run(void (*child)(void))
{
	values = NULL;
	assert_int_equal(u_reap(u_vfork(child)), 0);
}

static void once(void)
{
	uint64_t start = host_time();

	u_action(ABI_SIGALRM, (uintptr_t)note, 0);
	assert_int_equal(set(0, 2500000), 0);
	assert_int_equal(values[1].it_value.tv_sec, 0);
	assert_int_equal(values[1].it_value.tv_usec, 0);
	host_advance(1000000 * US);
	assert_int_equal(left(), 1500000);
	u_sleep(3000000 * US);
	assert_string_equal(unit_notes(), "a");
	assert_int_equal(host_time() - start, 2500000 * US);
	assert_int_equal(left(), 0);
	u_sleep(3000000 * US);
	assert_string_equal(unit_notes(), "");
}

static void expires_once(void)
{
	run(once);
}

static void again_and_again(void)
{
	u_action(ABI_SIGALRM, (uintptr_t)note, 0);
	set(200, 1000);
	for (int i = 0; i < 4; i++)
		u_sleep(1000000 * US);
	assert_string_equal(unit_notes(), "aaaa");
	assert_int_equal(host_time() / US % 1000, 600);
	assert_int_equal(set(0, 0), 0);
	assert_int_equal(values[1].it_interval.tv_usec, 200);
	assert_int_equal(values[1].it_value.tv_usec, 200);
	u_sleep(10000 * US);
	assert_string_equal(unit_notes(), "");
}

static void repeats_and_is_stopped(void)
{
	run(again_and_again);
}

/* A long stretch without interrupts: one signal, and the timer goes on from now. */
static void miss_many(void)
{
	u_action(ABI_SIGALRM, (uintptr_t)note, 0);
	set(300, 100);
	host_advance(5000000 * US);
	u_return();
	assert_string_equal(unit_notes(), "a");
	assert_int_equal(left(), 300);
	set(0, 0);
}

static void missed_expirations_are_left_out(void)
{
	run(miss_many);
}

static void check(void)
{
	assert_int_equal(set(0, -1), -EINVAL);
	assert_int_equal(set(-1, 0), -EINVAL);
	values[0] = (struct abi_itimerval){{0, 0}, {0, 1000000}};
	assert_int_equal(u_call(53, (uintptr_t)ABI_ITIMER_REAL, values, NULL), -EINVAL);
	assert_int_equal(u_call(53, (uintptr_t)1, values, NULL), -EINVAL);
	assert_int_equal(u_call(54, (uintptr_t)1, values), -EINVAL);
	assert_null(process_current()->signals.itimer);
	values[0] = (struct abi_itimerval){{INT64_MAX, 999999}, {INT64_MAX, 999999}};
	assert_int_equal(u_call(53, (uintptr_t)ABI_ITIMER_REAL, values, NULL), 0);
	assert_true(left() > 0);
}

static void arguments_are_checked(void)
{
	run(check);
}

static void child_has_none(void)
{
	assert_null(process_current()->signals.itimer);
	assert_int_equal(left(), 0);
}

static void after_exec(void)
{
	u_sleep(100000 * US);
	unit_note('!');
}

static void arm_and_exec(void)
{
	set(0, 5000);
	assert_int_equal(u_reap(u_vfork(child_has_none)), 0);
	u_execve(u_string("/program"), NULL, NULL);
}

static void survives_exec_and_is_not_inherited(void)
{
	world_program("program", after_exec);
	values = NULL;
	assert_int_equal(u_reap(u_vfork(arm_and_exec)), ABI_SIGALRM);
	assert_string_equal(unit_notes(), "");
	assert_true(host_time() < 50000 * US);
}

static const struct CMUnitTest tests[] = {
	WORLD(itimer, expires_once),
	WORLD(itimer, repeats_and_is_stopped),
	WORLD(itimer, missed_expirations_are_left_out),
	WORLD(itimer, arguments_are_checked),
	WORLD(itimer, survives_exec_and_is_not_inherited),
};
UNIT_MAIN(itimer, tests)
