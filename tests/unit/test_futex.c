/*
 * Words to wait for: order, deadlines, and waking across a loan.
 */
#include "threading.h"

static void note_priority(void)
{
	unit_note((char)('a' + thread_current()->base_prio - 20));
}

static void waiter(struct trapframe *frame)
{
	(void)frame;
	assert_int_equal(wait_while(word, 0), 0);
	note_priority();
	thread_leave();
}

static void in_order(void)
{
	words_make();
	assert_int_equal(wait_while(word, 1), -EAGAIN);
	thread_make(waiter, 2);
	thread_make(waiter, 5);
	thread_make(waiter, 3);
	thread_make(waiter, 5);
	assert_int_equal(wake(other, 9), 0);
	assert_int_equal(wake(word, 1), 1);
	u_return();
	assert_string_equal(unit_notes(), "f");
	u_call(67, (uintptr_t)2, NULL, NULL);
	assert_int_equal(wake(word, 9), 3);
	assert_string_equal(unit_notes(), "fdc");
	assert_null(process_current()->space->waiters);
}

static void most_urgent_waiter_is_woken_first(void)
{
	u_run(in_order);
}

static void deadlines(void)
{
	words_make();
	for (int clock = ABI_CLOCK_REALTIME; clock <= ABI_CLOCK_MONOTONIC; clock += ABI_CLOCK_MONOTONIC - ABI_CLOCK_REALTIME) {
		uint64_t start = host_time();

		assert_int_equal(u_call(9, (uintptr_t)clock, deadline), 0);
		deadline->tv_nsec += 5000;
		assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)clock), -ETIMEDOUT);
		assert_true(host_time() >= start + 5000 * (uint64_t)ARCH_TIMER_HZ / 1000000000);
		assert_true(host_time() <= start + 5000 * (uint64_t)ARCH_TIMER_HZ / 1000000000 + 2);
		*deadline = (struct abi_timespec){-1, 0};
		assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)clock), -ETIMEDOUT);
	}
	*deadline = (struct abi_timespec){0, 1000000000};
	assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)ABI_CLOCK_MONOTONIC), -EINVAL);
	*deadline = (struct abi_timespec){0, -1};
	assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)ABI_CLOCK_MONOTONIC), -EINVAL);
	*deadline = (struct abi_timespec){0, 0};
	assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)77), -EINVAL);
	assert_null(process_current()->space->waiters);
}

static void waits_end_at_deadlines(void)
{
	u_run(deadlines);
}

static void late_waiter(struct trapframe *frame)
{
	(void)frame;
	assert_int_equal(u_call(9, (uintptr_t)ABI_CLOCK_MONOTONIC, deadline), 0);
	deadline->tv_nsec += 1000;
	assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)ABI_CLOCK_MONOTONIC), -ETIMEDOUT);
	unit_note('t');
	thread_leave();
}

/* Its time is over, but it has not run since: it is no waiter any more. */
static void overdue(void)
{
	words_make();
	thread_make(late_waiter, 0);
	u_call(8);
	host_advance(100);
	arch_poll_interrupts();
	assert_int_equal(wake(word, 1), 0);
	u_sleep(10);
	assert_string_equal(unit_notes(), "t");
}

static void a_waiter_whose_time_is_over_is_not_woken(void)
{
	u_run(overdue);
}

static void child_wakes(void)
{
	assert_int_equal(wake(word, 9), 1);
}

static void lends(void)
{
	words_make();
	thread_make(waiter, 2);
	u_reap(u_vfork(child_wakes));
	u_sleep(1);
	assert_string_equal(unit_notes(), "c");
}

static void a_borrower_wakes_its_lenders_threads(void)
{
	u_run(lends);
}

static const struct CMUnitTest tests[] = {
	WORLD(futex, most_urgent_waiter_is_woken_first),
	WORLD(futex, waits_end_at_deadlines),
	WORLD(futex, a_waiter_whose_time_is_over_is_not_woken),
	WORLD(futex, a_borrower_wakes_its_lenders_threads),
};
UNIT_MAIN(futex, tests)
