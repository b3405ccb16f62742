/*
 * Waiting for words of memory: wake-ups, their order, deadlines.
 */
#include "deadline.h"
#include "harness.h"
#include "places.h"
#include "threading.h"

#include <sched.h>
#include <unistd.h>

static struct thread one, two, three;

static int waiting_for_a_word(void)
{
	static const int clocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC};
	struct timespec wrong = {0, 1000000000};
	int word = 5;
	const uintptr_t bad[] = {0, KERNEL, UART, (uintptr_t)sbrk(0), (uintptr_t)-4, (uintptr_t)&word + 1};

	CHECK_EQUAL(call(futex_wait, &word, 4, 0, 0), -EAGAIN);
	CHECK_EQUAL(call(futex_wait, &word, 5, &wrong, CLOCK_MONOTONIC), -EINVAL);
	for (int i = 0; i < 2; i++) {
		struct timespec until = moment(clocks[i], 10);

		CHECK_EQUAL(call(futex_wait, &word, 5, &until, clocks[i]), -ETIMEDOUT);
		CHECK(has_passed(clocks[i], &until));
		until = (struct timespec){-5, 0};
		CHECK_EQUAL(call(futex_wait, &word, 5, &until, clocks[i]), -ETIMEDOUT);
	}
	wrong.tv_nsec = 0;
	CHECK_EQUAL(call(futex_wait, &word, 5, &wrong, CLOCK_PROCESS_CPUTIME_ID), -EINVAL);
	CHECK_EQUAL(call(futex_wake, &word, 1, 0, 0), 0);
	CHECK_EQUAL(call(futex_wake, 1, 1, 0, 0), 0);
	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		CHECK_EQUAL(call(futex_wait, bad[i], 5, 0, 0), -EFAULT);
		if (bad[i])
			CHECK_EQUAL(call(futex_wait, &word, 5, bad[i], CLOCK_MONOTONIC), -EFAULT);
	}
	return 0;
}

static volatile int order[4], orders;

static int notes_its_wakening(struct thread *self)
{
	call(futex_wait, &gate, 0, 0, 0);
	order[orders++] = self->argument;
	return 0;
}

static int the_most_urgent_waiter_is_woken_first(void)
{
	one.argument = 1, two.argument = 3, three.argument = 2;
	CHECK(thread_start_at(&one, notes_its_wakening, SCHED_FIFO, 1) > 0);
	CHECK(thread_start_at(&two, notes_its_wakening, SCHED_FIFO, 3) > 0);
	CHECK(thread_start_at(&three, notes_its_wakening, SCHED_FIFO, 2) > 0); /* all run at once, and sleep */
	CHECK_EQUAL(call(futex_wake, &gate, 0, 0, 0), 0);
	CHECK_EQUAL(call(futex_wake, &gate, 1, 0, 0), 1);
	CHECK_EQUAL(orders, 1);
	CHECK_EQUAL(call(futex_wake, (char *)&gate + 1, 1, 0, 0), 0);
	CHECK_EQUAL(call(futex_wake, &gate, 9, 0, 0), 2);
	thread_join(&one), thread_join(&two), thread_join(&three);
	CHECK_EQUAL(order[0], 3);
	CHECK_EQUAL(order[1], 2);
	CHECK_EQUAL(order[2], 1);
	return 0;
}

static volatile int ping, pong;

static int answers(struct thread *self)
{
	for (int i = 0; i < self->argument; i++) {
		take(&ping);
		post(&pong);
	}
	return self->argument;
}

static int two_threads_play_ping_pong(void)
{
	one.argument = 1000;
	CHECK(thread_start(&one, answers) > 0);
	for (int i = 0; i < 1000; i++) {
		post(&ping);
		take(&pong);
	}
	CHECK_EQUAL(thread_join(&one), 1000);
	CHECK_EQUAL(ping + pong, 0);
	return 0;
}

TARGET_CASES(futex, CASE(waiting_for_a_word), CASE(the_most_urgent_waiter_is_woken_first),
	     CASE(two_threads_play_ping_pong))
