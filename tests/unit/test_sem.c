/*
 * Counting semaphores, with and without a holder.
 */
#include "unit.h"

#include <kernel/sem.h>

static struct sem sem;
static int results[4];

static void wait_and_note(void *letter)
{
	results[(uintptr_t)letter - 'A'] = sem_take(&sem, SLEEP_INTERRUPTIBLE, TICKS_NEVER);
	unit_note((char)(uintptr_t)letter);
}

static void counts_down_without_sleeping(void **state)
{
	(void)state;
	sem_make(&sem, 2);
	assert_int_equal(sem_try_take(&sem), 0);
	assert_int_equal(sem_try_take(&sem), 0);
	assert_int_equal(sem_try_take(&sem), -EAGAIN);
	sem_give(&sem);
	assert_int_equal(sem_try_take(&sem), 0);
}

static void wait_takes_a_unit_that_is_there(void **state)
{
	(void)state;
	sem_make(&sem, 1);
	unit_thread(5, wait_and_note, (void *)'A');
	host_run();
	assert_string_equal(unit_notes(), "A");
	assert_int_equal(sem_try_take(&sem), -EAGAIN);
}

static void post_wakes_the_most_urgent_waiter(void **state)
{
	(void)state;
	sem_make(&sem, 0);
	unit_thread(3, wait_and_note, (void *)'A');
	unit_thread(7, wait_and_note, (void *)'B');
	unit_thread(5, wait_and_note, (void *)'C');
	thread_yield();
	for (int i = 0; i < 3; i++) {
		sem_give(&sem);
		thread_yield();
	}
	assert_string_equal(unit_notes(), "BCA");
}

static void unit_goes_to_the_waiter_not_to_a_thief(void **state)
{
	(void)state;
	sem_make(&sem, 0);
	unit_thread(5, wait_and_note, (void *)'A');
	thread_yield();
	sem_give(&sem);
	assert_int_equal(sem_try_take(&sem), -EAGAIN); /* A has it, though it did not run yet */
	host_run();
	assert_string_equal(unit_notes(), "A");
	assert_int_equal(results[0], 0);
}

static void posts_without_waiters_are_kept(void **state)
{
	(void)state;
	sem_make(&sem, 0);
	for (int i = 0; i < 3; i++)
		sem_give(&sem);
	assert_int_equal(sem.count, 3);
}

static void wait_with_deadline(void *deadline)
{
	results[0] = sem_take(&sem, SLEEP_UNINTERRUPTIBLE, (uintptr_t)deadline);
}

static void times_out_and_leaves_the_count(void **state)
{
	(void)state;
	sem_make(&sem, 0);
	unit_thread(5, wait_with_deadline, (void *)700);
	host_run();
	assert_int_equal(results[0], -ETIMEDOUT);
	assert_int_equal(host_time(), 700);
	sem_give(&sem);
	assert_int_equal(sem.count, 1);
}

static void interruption_ends_the_wait(void **state)
{
	struct thread *thread;

	(void)state;
	sem_make(&sem, 0);
	thread = unit_thread(5, wait_and_note, (void *)'A');
	thread_yield();
	thread_interrupt(thread, SLEEP_INTERRUPTIBLE);
	host_run();
	assert_int_equal(results[0], -EINTR);
}

static void pending_interruption_prevents_the_wait_but_not_taking(void **state)
{
	struct thread *thread;

	(void)state;
	sem_make(&sem, 1);
	thread = unit_thread(5, wait_and_note, (void *)'A');
	thread_interrupt(thread, SLEEP_INTERRUPTIBLE);
	host_run();
	assert_int_equal(results[0], 0);
	thread = unit_thread(5, wait_and_note, (void *)'A');
	thread_interrupt(thread, SLEEP_INTERRUPTIBLE);
	host_run();
	assert_int_equal(results[0], -EINTR);
}

static void hold_then_post(void *unused)
{
	(void)unused;
	unit_note(thread_current()->prio == 7 ? 'h' : '?');
	sem_give(&sem);
	unit_note(thread_current()->prio == 3 ? 'l' : '?');
	assert_null(sem.holder);
	thread_preempt_point();
	unit_note('z');
}

static void holder_inherits_until_it_posts(void **state)
{
	(void)state;
	sem_make(&sem, 0);
	sem_set_holder(&sem, unit_thread(3, hold_then_post, NULL));
	unit_thread(7, wait_and_note, (void *)'A');
	host_run();
	assert_string_equal(unit_notes(), "hlAz");
}

static void boosted_holder_runs_before_the_middle(void **state)
{
	(void)state;
	sem_make(&sem, 0);
	sem_set_holder(&sem, unit_thread(3, hold_then_post, NULL));
	unit_thread(7, wait_and_note, (void *)'A');
	unit_thread(5, unit_note_arg, (void *)'m');
	host_run();
	assert_string_equal(unit_notes(), "hlAmz");
}

static void naming_a_holder_later_boosts_it_at_once(void **state)
{
	struct thread *holder = thread_create(THREAD_FIFO, 3);

	(void)state;
	sem_make(&sem, 0);
	unit_thread(7, wait_and_note, (void *)'A');
	thread_yield();
	sem_set_holder(&sem, holder);
	assert_int_equal(holder->prio, 7);
	sem_set_holder(&sem, NULL);
	assert_int_equal(holder->prio, 3);
	sem_give(&sem);
	host_run();
	thread_free(holder);
}

static void inherits_the_most_urgent_waiter_over_all_held(void **state)
{
	static struct sem other;
	struct thread *holder = thread_create(THREAD_FIFO, 3);

	(void)state;
	sem_make(&sem, 0);
	sem_make(&other, 0);
	sem_set_holder(&sem, holder);
	sem_set_holder(&other, holder);
	unit_thread(5, wait_and_note, (void *)'A');
	thread_yield();
	assert_int_equal(holder->prio, 5);
	unit_thread(9, wait_and_note, (void *)'B');
	thread_yield();
	assert_int_equal(holder->prio, 9);
	sem_give(&other);
	assert_int_equal(holder->prio, 9);
	sem_give(&sem);
	assert_int_equal(holder->prio, 3);
	sem_give(&sem);
	host_run();
	assert_string_equal(unit_notes(), "BA");
	thread_free(holder);
}

static const struct CMUnitTest tests[] = {
	UNIT(sem, counts_down_without_sleeping),
	UNIT(sem, wait_takes_a_unit_that_is_there),
	UNIT(sem, post_wakes_the_most_urgent_waiter),
	UNIT(sem, unit_goes_to_the_waiter_not_to_a_thief),
	UNIT(sem, posts_without_waiters_are_kept),
	UNIT(sem, times_out_and_leaves_the_count),
	UNIT(sem, interruption_ends_the_wait),
	UNIT(sem, pending_interruption_prevents_the_wait_but_not_taking),
	UNIT(sem, holder_inherits_until_it_posts),
	UNIT(sem, boosted_holder_runs_before_the_middle),
	UNIT(sem, naming_a_holder_later_boosts_it_at_once),
	UNIT(sem, inherits_the_most_urgent_waiter_over_all_held),
};
UNIT_MAIN(sem, tests)
