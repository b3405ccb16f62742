/*
 * Scheduling as processes see it: policies, real-time priorities, nice values, what vfork inherits; and the time used.
 */
#include "world.h"

static long set(long pid, int policy, int priority)
{
	int *wanted = u_alloc(sizeof *wanted);

	*wanted = priority;
	return u_call(16, (uintptr_t)pid, (uintptr_t)policy, wanted);
}

/* The policy, or -errno; with the priority in the tens. */
static long get(long pid)
{
	int *priority = u_alloc(sizeof *priority);
	long policy = u_call(17, (uintptr_t)pid, priority);

	return policy < 0 ? policy : *priority * 10 + policy;
}

static long renice(int which, long who, int nice)
{
	int *wanted = u_alloc(sizeof *wanted);

	*wanted = nice;
	return u_call(18, (uintptr_t)which, (uintptr_t)who, wanted, NULL);
}

static int nice_of(int which, long who)
{
	int *nice = u_alloc(sizeof *nice);

	*nice = 99;
	assert_int_equal(u_call(18, (uintptr_t)which, (uintptr_t)who, NULL, nice), 0);
	return *nice;
}

static unsigned own_prio(void)
{
	return thread_current()->prio;
}

static void processes_begin_as_equals(void)
{
	assert_int_equal(get(0), ABI_SCHED_OTHER);
	assert_int_equal(get(1), ABI_SCHED_OTHER);
	assert_int_equal(u_call(17, (uintptr_t)0, NULL), ABI_SCHED_OTHER);
	assert_int_equal(nice_of(ABI_PRIO_PROCESS, 0), 0);
	assert_int_equal(own_prio(), THREAD_PRIO_DEFAULT);
}

static void policies_are_set_and_the_one_before_is_told(void)
{
	assert_int_equal(set(0, ABI_SCHED_FIFO, 1), ABI_SCHED_OTHER);
	assert_int_equal(get(0), 10 + ABI_SCHED_FIFO);
	assert_int_equal(thread_current()->policy, THREAD_FIFO);
	assert_int_equal(set(1, ABI_SCHED_RR, 11), ABI_SCHED_FIFO);
	assert_int_equal(get(0), 110 + ABI_SCHED_RR);
	assert_int_equal(thread_current()->policy, THREAD_RR);
	assert_int_equal(own_prio(), THREAD_PRIO_MAX);
	assert_int_equal(set(0, ABI_SCHED_OTHER, 0), ABI_SCHED_RR);
	assert_int_equal(get(0), ABI_SCHED_OTHER);
	assert_int_equal(own_prio(), THREAD_PRIO_DEFAULT);
}

static void wrong_policies_and_priorities_change_nothing(void)
{
	assert_int_equal(set(0, ABI_SCHED_FIFO, 0), -EINVAL);
	assert_int_equal(set(0, ABI_SCHED_FIFO, 12), -EINVAL);
	assert_int_equal(set(0, ABI_SCHED_RR, -1), -EINVAL);
	assert_int_equal(set(0, ABI_SCHED_OTHER, 1), -EINVAL);
	assert_int_equal(set(0, 3, 1), -EINVAL);
	assert_int_equal(set(0, -1, 0), -EINVAL);
	assert_int_equal(set(77, ABI_SCHED_FIFO, 1), -ESRCH);
	assert_int_equal(get(77), -ESRCH);
	assert_int_equal(get(-1), -ESRCH);
	assert_int_equal(get(0), ABI_SCHED_OTHER);
	assert_int_equal(own_prio(), THREAD_PRIO_DEFAULT);
}

static void nicer_is_never_more_urgent_and_real_time_is_above_all(void)
{
	unsigned before = THREAD_PRIO_MAX;

	for (int nice = ABI_NICE_MIN; nice <= ABI_NICE_MAX; nice++) {
		assert_int_equal(renice(ABI_PRIO_PROCESS, 0, nice), 0);
		assert_int_equal(nice_of(ABI_PRIO_PROCESS, 0), nice);
		assert_int_equal(get(0), ABI_SCHED_OTHER);
		assert_true(own_prio() <= before && own_prio() >= THREAD_PRIO_MIN);
		assert_int_equal(own_prio() > THREAD_PRIO_DEFAULT, nice < 0);
		assert_int_equal(own_prio() < THREAD_PRIO_DEFAULT, nice > 0);
		before = own_prio();
	}
	renice(ABI_PRIO_PROCESS, 0, ABI_NICE_MIN);
	before = own_prio();
	set(0, ABI_SCHED_RR, ABI_SCHED_PRIORITY_MIN);
	assert_int_equal(own_prio(), before + 1);
}

static void nice_values_are_brought_into_range(void)
{
	assert_int_equal(renice(ABI_PRIO_PROCESS, 1, 1000000), 0);
	assert_int_equal(nice_of(ABI_PRIO_PROCESS, 0), ABI_NICE_MAX);
	assert_int_equal(renice(ABI_PRIO_PROCESS, 1, INT32_MIN), 0);
	assert_int_equal(nice_of(ABI_PRIO_PROCESS, 0), ABI_NICE_MIN);
}

static void nice_value_waits_while_a_real_time_policy_rules(void)
{
	set(0, ABI_SCHED_FIFO, 4);
	assert_int_equal(renice(ABI_PRIO_PROCESS, 0, 19), 0);
	assert_int_equal(get(0), 40 + ABI_SCHED_FIFO);
	assert_int_equal(nice_of(ABI_PRIO_PROCESS, 0), 19);
	set(0, ABI_SCHED_OTHER, 0);
	assert_true(own_prio() < THREAD_PRIO_DEFAULT);
}

static void look_at_what_is_inherited(void)
{
	assert_int_equal(get(0), 50 + ABI_SCHED_RR);
	assert_int_equal(nice_of(ABI_PRIO_PROCESS, 0), -7);
	assert_int_equal(process_current()->umask, 022);
	renice(ABI_PRIO_PROCESS, 0, 3);
	set(0, ABI_SCHED_OTHER, 0);
	assert_int_equal(own_prio(), process_init->thread->prio); /* by what it borrows */
	assert_true(thread_current()->base_prio < THREAD_PRIO_DEFAULT);
}

static void children_inherit_but_do_not_share(void)
{
	renice(ABI_PRIO_PROCESS, 0, -7);
	set(0, ABI_SCHED_RR, 5);
	assert_int_equal(u_reap(u_vfork(look_at_what_is_inherited)), 0);
	assert_int_equal(get(0), 50 + ABI_SCHED_RR);
	assert_int_equal(nice_of(ABI_PRIO_PROCESS, 0), -7);
}

static void work(void)
{
	sys_setpgid(0, 0);
	u_sleep(1000);
	unit_note('w');
}

static void group_and_user_name_many(void)
{
	long first, second;

	world_program("work", work);
	first = u_spawn("/work");
	second = u_spawn("/work");
	u_sleep(10);
	renice(ABI_PRIO_PROCESS, second, -3);
	assert_int_equal(nice_of(ABI_PRIO_PGRP, first), 0);
	assert_int_equal(nice_of(ABI_PRIO_USER, 0), -3); /* the lowest */
	assert_int_equal(renice(ABI_PRIO_PGRP, first, 9), 0);
	assert_int_equal(nice_of(ABI_PRIO_PROCESS, first), 9);
	assert_int_equal(nice_of(ABI_PRIO_PROCESS, second), -3);
	assert_int_equal(nice_of(ABI_PRIO_PGRP, 0), 0); /* the caller's own */
	assert_int_equal(renice(ABI_PRIO_USER, 0, 4), 0);
	assert_int_equal(nice_of(ABI_PRIO_PROCESS, second), 4);
	assert_int_equal(nice_of(ABI_PRIO_PROCESS, 0), 4);
	u_reap(first);
	u_reap(second);
	unit_notes();
}

static void nothing(void)
{
}

static void who_is_not_there_is_esrch(void)
{
	long zombie = u_vfork(nothing);

	assert_int_equal(renice(3, 0, 1), -EINVAL);
	assert_int_equal(renice(-1, 0, 1), -EINVAL);
	assert_int_equal(renice(ABI_PRIO_PROCESS, 77, 1), -ESRCH);
	assert_int_equal(renice(ABI_PRIO_PGRP, 77, 1), -ESRCH);
	assert_int_equal(renice(ABI_PRIO_USER, 1, 1), -ESRCH);
	assert_int_equal(renice(ABI_PRIO_PROCESS, zombie, 1), -ESRCH);
	assert_int_equal(get(zombie), -ESRCH);
	assert_int_equal(set(zombie, ABI_SCHED_RR, 1), -ESRCH);
	assert_int_equal(nice_of(ABI_PRIO_PROCESS, 0), 0);
	u_reap(zombie);
}

static void note_twice(void)
{
	unit_note('a');
	u_call(8);
	unit_note('b');
}

static void raised_process_runs_at_once_and_a_lowered_one_when_nobody_else_does(void)
{
	long pid;

	world_program("noter", note_twice);
	pid = u_spawn("/noter");
	assert_string_equal(unit_notes(), "a");
	assert_int_equal(renice(ABI_PRIO_PROCESS, pid, 1), 0);
	for (int i = 0; i < 3; i++)
		u_call(8);
	assert_string_equal(unit_notes(), "");
	assert_int_equal(set(pid, ABI_SCHED_FIFO, 1), ABI_SCHED_OTHER);
	assert_string_equal(unit_notes(), "b");
	u_reap(pid);
}

static long microseconds(int who)
{
	struct abi_rusage *usage = u_alloc(sizeof *usage);

	assert_int_equal(u_call(19, (uintptr_t)who, usage), 0);
	assert_int_equal(usage->ru_stime.tv_sec + usage->ru_stime.tv_usec, 0);
	return (long)usage->ru_utime.tv_sec * 1000000 + usage->ru_utime.tv_usec;
}

static void use_two_seconds(void)
{
	assert_int_equal(microseconds(ABI_RUSAGE_SELF), 0);
	assert_int_equal(microseconds(ABI_RUSAGE_CHILDREN), 0);
	host_advance(2 * ARCH_TIMER_HZ);
	assert_int_equal(microseconds(ABI_RUSAGE_SELF), 2000000);
}

static void usage_is_told_apart_and_begins_at_zero(void)
{
	long before = microseconds(ABI_RUSAGE_SELF), pid;

	host_advance(ARCH_TIMER_HZ / 2);
	assert_int_equal(microseconds(ABI_RUSAGE_SELF) - before, 500000);
	pid = u_vfork(use_two_seconds);
	assert_int_equal(microseconds(ABI_RUSAGE_CHILDREN), 0);
	assert_int_equal(u_reap(pid), 0);
	assert_int_equal(microseconds(ABI_RUSAGE_CHILDREN), 2000000);
	assert_int_equal(microseconds(ABI_RUSAGE_SELF) - before, 500000);
	assert_int_equal(u_call(19, (uintptr_t)1, u_alloc(sizeof(struct abi_rusage))), -EINVAL);
}

static void resolution_of_clocks(void)
{
	struct abi_timespec *time = u_alloc(sizeof *time);

	assert_int_equal(u_call(9, (uintptr_t)(ABI_CLOCK_MONOTONIC | ABI_CLOCK_RESOLUTION), time), 0);
	assert_int_equal(time->tv_sec, 0);
	assert_int_equal(time->tv_nsec, 1000000000 / ARCH_TIMER_HZ);
	assert_int_equal(u_call(9, (uintptr_t)(77 | ABI_CLOCK_RESOLUTION), time), -EINVAL);
	assert_int_equal(u_call(9, (uintptr_t)-1, time), -EINVAL);
}

static const struct CMUnitTest tests[] = {
	WORLD(sched_calls, processes_begin_as_equals),
	WORLD(sched_calls, policies_are_set_and_the_one_before_is_told),
	WORLD(sched_calls, wrong_policies_and_priorities_change_nothing),
	WORLD(sched_calls, nicer_is_never_more_urgent_and_real_time_is_above_all),
	WORLD(sched_calls, nice_values_are_brought_into_range),
	WORLD(sched_calls, nice_value_waits_while_a_real_time_policy_rules),
	WORLD(sched_calls, children_inherit_but_do_not_share),
	WORLD(sched_calls, group_and_user_name_many),
	WORLD(sched_calls, who_is_not_there_is_esrch),
	WORLD(sched_calls, raised_process_runs_at_once_and_a_lowered_one_when_nobody_else_does),
	WORLD(sched_calls, usage_is_told_apart_and_begins_at_zero),
	WORLD(sched_calls, resolution_of_clocks),
};
UNIT_MAIN(sched_calls, tests)
