/*
 * Wait queues: order, timeouts, interruption.
 */
#include "unit.h"

#include <kernel/waitq.h>

static struct waitq queue = WAITQ_INIT(queue);

struct sleeper {
	char letter;
	enum thread_sleep depth;
	ticks_t deadline;
	struct thread *thread;
	int result;
};

static void sleep_once(void *arg)
{
	struct sleeper *sleeper = arg;

	sleeper->result = waitq_sleep(&queue, sleeper->depth, sleeper->deadline);
	unit_note(sleeper->letter);
}

static void sleeper_start(struct sleeper *sleeper, char letter, unsigned prio, enum thread_sleep depth,
	ticks_t deadline)
{
	*sleeper = (struct sleeper){.letter = letter, .depth = depth, .deadline = deadline, .result = 99};
	sleeper->thread = unit_thread(prio, sleep_once, sleeper);
}

static struct sleeper sleepers[4];

/* Sleepers A B C D of these priorities, all asleep. */
static void sleepers_start(const unsigned prio[4])
{
	for (int i = 0; i < 4; i++)
		sleeper_start(&sleepers[i], (char)('A' + i), prio[i], SLEEP_INTERRUPTIBLE, TICKS_NEVER);
	thread_yield();
}

static void wakes_in_priority_order(void **state)
{
	static const unsigned prio[4] = {3, 9, 5, 7};

	(void)state;
	sleepers_start(prio);
	for (int i = 0; i < 4; i++) {
		assert_non_null(waitq_wake_one(&queue, 0));
		thread_yield();
	}
	assert_string_equal(unit_notes(), "BDCA");
	assert_null(waitq_wake_one(&queue, 0));
}

static void equals_wake_first_come_first_served(void **state)
{
	static const unsigned prio[4] = {5, 5, 5, 5};

	(void)state;
	sleepers_start(prio);
	assert_ptr_equal(waitq_wake_one(&queue, 0), sleepers[0].thread);
	waitq_wake_all(&queue, 0);
	assert_true(waitq_empty(&queue));
	host_run();
	assert_string_equal(unit_notes(), "ABCD");
}

static void wake_delivers_the_result(void **state)
{
	static const unsigned prio[4] = {5, 5, 5, 5};

	(void)state;
	sleepers_start(prio);
	waitq_wake_one(&queue, -EPIPE);
	waitq_wake_thread(sleepers[2].thread, -EIO);
	waitq_wake_all(&queue, 0);
	host_run();
	assert_int_equal(sleepers[0].result, -EPIPE);
	assert_int_equal(sleepers[1].result, 0);
	assert_int_equal(sleepers[2].result, -EIO);
	assert_int_equal(sleepers[3].result, 0);
}

static void one_wake_wakes_one(void **state)
{
	static const unsigned prio[4] = {5, 5, 5, 5};

	(void)state;
	sleepers_start(prio);
	waitq_wake_one(&queue, 0);
	host_run();
	assert_string_equal(unit_notes(), "A");
	waitq_wake_all(&queue, 0);
	host_run();
	assert_string_equal(unit_notes(), "BCD");
}

static void changed_priority_moves_a_sleeper(void **state)
{
	static const unsigned prio[4] = {5, 5, 5, 5};

	(void)state;
	sleepers_start(prio);
	thread_set_priority(sleepers[2].thread, THREAD_FIFO, 8);
	thread_set_priority(sleepers[0].thread, THREAD_FIFO, 2);
	for (int i = 0; i < 4; i++) {
		waitq_wake_one(&queue, 0);
		thread_yield();
	}
	assert_string_equal(unit_notes(), "CBDA");
}

static void times_out_at_the_deadline(void **state)
{
	(void)state;
	sleeper_start(&sleepers[0], 'A', 5, SLEEP_UNINTERRUPTIBLE, 500);
	host_run();
	assert_int_equal(sleepers[0].result, -ETIMEDOUT);
	assert_int_equal(host_time(), 500);
	assert_true(waitq_empty(&queue));
	unit_notes();
}

static void past_deadline_times_out_without_delay(void **state)
{
	(void)state;
	host_advance(1000);
	sleeper_start(&sleepers[0], 'A', 5, SLEEP_UNINTERRUPTIBLE, 500);
	host_run();
	assert_int_equal(sleepers[0].result, -ETIMEDOUT);
	assert_int_equal(host_time(), 1000);
}

static void woken_sleeper_does_not_time_out_as_well(void **state)
{
	(void)state;
	sleeper_start(&sleepers[0], 'A', 5, SLEEP_UNINTERRUPTIBLE, 500);
	thread_yield();
	waitq_wake_one(&queue, 0);
	host_advance(1000);
	arch_poll_interrupts(); /* before it ran */
	host_run();
	assert_int_equal(sleepers[0].result, 0);
	assert_int_equal(host_deadline(), TICKS_NEVER);
	assert_string_equal(unit_notes(), "A");
}

static void timed_out_sleeper_takes_no_wake(void **state)
{
	(void)state;
	sleeper_start(&sleepers[0], 'A', 9, SLEEP_UNINTERRUPTIBLE, 500);
	sleeper_start(&sleepers[1], 'B', 5, SLEEP_UNINTERRUPTIBLE, TICKS_NEVER);
	thread_yield();
	host_advance(500);
	arch_poll_interrupts();
	assert_ptr_equal(waitq_wake_one(&queue, 0), sleepers[1].thread);
	host_run();
	assert_int_equal(sleepers[0].result, -ETIMEDOUT);
	assert_int_equal(sleepers[1].result, 0);
}

/* Result of a sleep of `depth` that an interruption up to `reach` meets, before or during it; 99: it
 * slept on. */
static int interrupted(enum thread_sleep depth, enum thread_sleep reach, bool before)
{
	struct sleeper *sleeper = &sleepers[0];
	int result;

	sleeper_start(sleeper, 'A', 5, depth, TICKS_NEVER);
	if (!before)
		thread_yield();
	thread_interrupt(sleeper->thread, reach);
	thread_yield();
	result = sleeper->result;
	waitq_wake_all(&queue, 0);
	thread_yield();
	return result;
}

static void interruption_reaches_sleeps_that_are_light_enough(void **state)
{
	(void)state;
	for (int before = 0; before < 2; before++) {
		assert_int_equal(interrupted(SLEEP_INTERRUPTIBLE, SLEEP_INTERRUPTIBLE, before), -EINTR);
		assert_int_equal(interrupted(SLEEP_INTERRUPTIBLE, SLEEP_KILLABLE, before), -EINTR);
		assert_int_equal(interrupted(SLEEP_KILLABLE, SLEEP_INTERRUPTIBLE, before), 99);
		assert_int_equal(interrupted(SLEEP_KILLABLE, SLEEP_KILLABLE, before), -EINTR);
		assert_int_equal(interrupted(SLEEP_UNINTERRUPTIBLE, SLEEP_INTERRUPTIBLE, before), 99);
		assert_int_equal(interrupted(SLEEP_UNINTERRUPTIBLE, SLEEP_KILLABLE, before), 99);
	}
}

static void sleep_twice(void *arg)
{
	struct sleeper *sleeper = arg;

	sleep_once(sleeper);
	assert_int_equal(sleeper->result, -EINTR);
	sleep_once(sleeper);
	assert_int_equal(sleeper->result, -EINTR);
	thread_clear_interrupt(thread_current());
	sleep_once(sleeper);
}

static void interruption_lasts_until_it_is_cleared(void **state)
{
	struct sleeper *sleeper = &sleepers[0];

	(void)state;
	*sleeper = (struct sleeper){.letter = 'A', .depth = SLEEP_INTERRUPTIBLE, .deadline = TICKS_NEVER};
	sleeper->thread = unit_thread(5, sleep_twice, sleeper);
	thread_interrupt(sleeper->thread, SLEEP_INTERRUPTIBLE);
	host_run();
	assert_string_equal(unit_notes(), "AA");
	waitq_wake_one(&queue, 0);
	host_run();
	assert_int_equal(sleeper->result, 0);
}

static void deeper_interruption_is_not_forgotten_for_a_lighter_one(void **state)
{
	(void)state;
	sleeper_start(&sleepers[0], 'A', 5, SLEEP_KILLABLE, TICKS_NEVER);
	thread_interrupt(sleepers[0].thread, SLEEP_KILLABLE);
	thread_interrupt(sleepers[0].thread, SLEEP_INTERRUPTIBLE);
	host_run();
	assert_int_equal(sleepers[0].result, -EINTR);
}

static void sleep_alone(void *arg)
{
	struct sleeper *sleeper = arg;

	sleeper->result = sleeper->deadline == TICKS_NEVER ? waitq_sleep_alone(sleeper->depth)
							   : waitq_sleep_until(sleeper->depth, sleeper->deadline);
	unit_note(sleeper->letter);
}

static void alone_start(struct sleeper *sleeper, char letter, unsigned prio, enum thread_sleep depth, ticks_t deadline)
{
	*sleeper = (struct sleeper){.letter = letter, .depth = depth, .deadline = deadline, .result = 99};
	sleeper->thread = unit_thread(prio, sleep_alone, sleeper);
}

static void who_sleeps_alone_is_woken_by_name(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		alone_start(&sleepers[i], (char)('A' + i), 5, SLEEP_UNINTERRUPTIBLE, TICKS_NEVER);
	thread_yield();
	assert_string_equal(unit_notes(), "");
	waitq_wake_thread(sleepers[1].thread, 0);
	waitq_wake_thread(sleepers[0].thread, -ENOENT);
	host_run();
	assert_string_equal(unit_notes(), "BA");
	assert_int_equal(sleepers[1].result, 0);
	assert_int_equal(sleepers[0].result, -ENOENT);
	waitq_wake_thread(sleepers[2].thread, 0);
	host_run();
	assert_string_equal(unit_notes(), "C");
}

static void who_sleeps_alone_wakes_at_the_deadline_or_interrupted(void **state)
{
	(void)state;
	alone_start(&sleepers[0], 'A', 5, SLEEP_UNINTERRUPTIBLE, 500);
	alone_start(&sleepers[1], 'B', 5, SLEEP_INTERRUPTIBLE, 900);
	alone_start(&sleepers[2], 'C', 5, SLEEP_INTERRUPTIBLE, TICKS_NEVER);
	thread_yield();
	for (int i = 0; i < 3; i++)
		thread_interrupt(sleepers[i].thread, SLEEP_INTERRUPTIBLE);
	host_run();
	assert_string_equal(unit_notes(), "BCA");
	assert_int_equal(sleepers[0].result, -ETIMEDOUT);
	assert_int_equal(sleepers[1].result, -EINTR);
	assert_int_equal(sleepers[2].result, -EINTR);
	assert_int_equal(host_time(), 500);
}

static void who_sleeps_alone_may_change_its_priority(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		alone_start(&sleepers[i], (char)('A' + i), 5, SLEEP_UNINTERRUPTIBLE, TICKS_NEVER);
	thread_yield();
	thread_set_priority(sleepers[2].thread, THREAD_FIFO, 8);
	thread_set_priority(sleepers[0].thread, THREAD_FIFO, 9);
	for (int i = 0; i < 3; i++)
		waitq_wake_thread(sleepers[i].thread, 0);
	host_run();
	assert_string_equal(unit_notes(), "ACB");
}

static void wake_urgent(void *unused)
{
	(void)unused;
	unit_note('a');
	waitq_wake_one(&queue, 0);
	assert_true(thread_current()->work & THREAD_WORK_RESCHED);
	unit_note('b');
	thread_preempt_point();
	unit_note('c');
}

static void woken_urgent_thread_preempts_the_waker(void **state)
{
	(void)state;
	sleeper_start(&sleepers[0], 'U', 9, SLEEP_UNINTERRUPTIBLE, TICKS_NEVER);
	unit_thread(5, wake_urgent, NULL);
	host_run();
	assert_string_equal(unit_notes(), "abUc");
}

static void sleep_in_idle(void)
{
	waitq_sleep(&queue, SLEEP_UNINTERRUPTIBLE, TICKS_NEVER);
}

static void wake_an_awake_thread(void)
{
	waitq_wake_thread(unit_thread(5, wake_urgent, NULL), 0);
}

static void misuse_panics(void **state)
{
	(void)state;
	unit_expect_panic(sleep_in_idle, "assertion failed: !thread->waitq");
	unit_expect_panic(wake_an_awake_thread, "assertion failed: thread->state == THREAD_SLEEPING");
}

static const struct CMUnitTest tests[] = {
	UNIT(waitq, wakes_in_priority_order),
	UNIT(waitq, equals_wake_first_come_first_served),
	UNIT(waitq, wake_delivers_the_result),
	UNIT(waitq, one_wake_wakes_one),
	UNIT(waitq, changed_priority_moves_a_sleeper),
	UNIT(waitq, times_out_at_the_deadline),
	UNIT(waitq, past_deadline_times_out_without_delay),
	UNIT(waitq, woken_sleeper_does_not_time_out_as_well),
	UNIT(waitq, timed_out_sleeper_takes_no_wake),
	UNIT(waitq, interruption_reaches_sleeps_that_are_light_enough),
	UNIT(waitq, interruption_lasts_until_it_is_cleared),
	UNIT(waitq, deeper_interruption_is_not_forgotten_for_a_lighter_one),
	UNIT(waitq, woken_urgent_thread_preempts_the_waker),
	UNIT(waitq, who_sleeps_alone_is_woken_by_name),
	UNIT(waitq, who_sleeps_alone_wakes_at_the_deadline_or_interrupted),
	UNIT(waitq, who_sleeps_alone_may_change_its_priority),
	UNIT(waitq, misuse_panics),
};
UNIT_MAIN(waitq, tests)
