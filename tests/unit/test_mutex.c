/*
 * Mutexes and priority inheritance through them.
 */
#include "unit.h"

#include <kernel/sem.h>

static struct mutex mutexes[3];

static int setup(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		mutex_init(&mutexes[i]);
	return 0;
}

static void lock(int i)
{
	assert_int_equal(mutex_lock(&mutexes[i], SLEEP_UNINTERRUPTIBLE, TICKS_NEVER), 0);
}

static void unlock(int i)
{
	assert_int_equal(mutex_unlock(&mutexes[i]), 0);
}

static void lock_note_unlock(void *letter)
{
	lock(0);
	unit_note_arg(letter);
	unlock(0);
}

static void lock_yield_unlock(void *letter)
{
	lock(0);
	unit_note_arg(letter);
	thread_yield();
	unit_note_arg(letter);
	unlock(0);
	thread_preempt_point();
}

static void one_at_a_time(void **state)
{
	(void)state;
	for (uintptr_t letter = 'A'; letter <= 'C'; letter++)
		unit_thread(5, lock_yield_unlock, (void *)letter);
	host_run();
	assert_string_equal(unit_notes(), "AABBCC");
}

static void check_errors(void *unused)
{
	struct mutex *mutex = &mutexes[0];

	(void)unused;
	assert_int_equal(mutex_unlock(mutex), -EPERM);
	lock(0);
	assert_int_equal(mutex_lock(mutex, SLEEP_UNINTERRUPTIBLE, TICKS_NEVER), -EDEADLK);
	assert_int_equal(mutex_trylock(mutex), -EBUSY);
	unlock(0);
	assert_int_equal(mutex_trylock(mutex), 0);
	unlock(0);
	assert_int_equal(mutex_unlock(mutex), -EPERM);
	unit_note('k');
}

static void wrong_use_gives_errors(void **state)
{
	(void)state;
	unit_thread(5, check_errors, NULL);
	host_run();
	assert_string_equal(unit_notes(), "k");
}

static void unlock_of_another(void *unused)
{
	(void)unused;
	assert_int_equal(mutex_unlock(&mutexes[0]), -EPERM);
	assert_int_equal(mutex_trylock(&mutexes[0]), -EBUSY);
	unit_note('o');
}

static void only_the_holder_unlocks(void **state)
{
	(void)state;
	unit_thread(5, lock_yield_unlock, (void *)'A');
	unit_thread(5, unlock_of_another, NULL);
	host_run();
	assert_string_equal(unit_notes(), "AoA");
}

static void start_waiters_and_unlock(void *unused)
{
	(void)unused;
	lock(0);
	unit_thread(6, lock_note_unlock, (void *)'A');
	unit_thread(9, lock_note_unlock, (void *)'B');
	unit_thread(7, lock_note_unlock, (void *)'C');
	unit_thread(9, lock_note_unlock, (void *)'D');
	thread_preempt_point();
	assert_int_equal(thread_current()->prio, 9);
	unlock(0);
	assert_int_equal(thread_current()->prio, 3);
	thread_preempt_point();
	unit_note('z');
}

static void most_urgent_waiter_becomes_the_holder(void **state)
{
	(void)state;
	unit_thread(3, start_waiters_and_unlock, NULL);
	host_run();
	assert_string_equal(unit_notes(), "BDCAz");
}

static void start_urgent_and_middle(void *unused)
{
	(void)unused;
	lock(0);
	unit_thread(9, lock_note_unlock, (void *)'U');
	thread_preempt_point();
	unit_thread(6, unit_note_arg, (void *)'m');
	thread_preempt_point();
	unit_note('h');
	unlock(0);
	thread_preempt_point();
	unit_note('z');
}

static void middle_does_not_delay_the_urgent(void **state)
{
	(void)state;
	unit_thread(3, start_urgent_and_middle, NULL);
	host_run();
	assert_string_equal(unit_notes(), "hUmz");
}

static void next_holder_inherits_from_the_waiters_left(void *unused)
{
	(void)unused;
	lock(0);
	unit_note((char)('0' + thread_current()->prio));
	thread_yield();
	unlock(0);
	unit_note((char)('0' + thread_current()->prio));
}

static void inheritance_passes_on_with_the_lock(void **state)
{
	struct thread *low = thread_create(THREAD_FIFO, 2);

	(void)state;
	unit_thread(3, next_holder_inherits_from_the_waiters_left, NULL);
	thread_set_entry(low, next_holder_inherits_from_the_waiters_left, NULL);
	thread_start(low);
	thread_yield();
	assert_string_equal(unit_notes(), "3322");
}

/* A link of a chain: holds the mutex i, wants the mutex i - 1. */
static void chain_link(void *number)
{
	int i = (int)(uintptr_t)number;

	lock(i);
	if (i > 0) {
		lock(i - 1);
		unlock(i - 1);
	} else {
		thread_yield();
		unit_note((char)('0' + thread_current()->prio));
	}
	unlock(i);
	thread_preempt_point();
	unit_note((char)('a' + i));
}

static void want_the_end_of_the_chain(void *unused)
{
	(void)unused;
	lock(2);
	unlock(2);
	unit_note('U');
}

static struct thread *chain[3];

static void start_the_chain(void *unused)
{
	(void)unused;
	lock(0);
	chain[1] = unit_thread(4, chain_link, (void *)1);
	thread_preempt_point();
	chain[2] = unit_thread(5, chain_link, (void *)2);
	thread_preempt_point();
	unit_thread(9, want_the_end_of_the_chain, NULL);
	thread_preempt_point();
	assert_int_equal(thread_current()->prio, 9);
	assert_int_equal(chain[1]->prio, 9);
	assert_int_equal(chain[2]->prio, 9);
	unlock(0);
	assert_int_equal(thread_current()->prio, 3);
	assert_int_equal(chain[1]->prio, 9);
	thread_preempt_point();
	unit_note('z');
}

static void inherits_priority_through_a_chain(void **state)
{
	(void)state;
	unit_thread(3, start_the_chain, NULL);
	host_run();
	assert_string_equal(unit_notes(), "Ucbz");
}

static void raise_the_end_of_the_chain(void *unused)
{
	(void)unused;
	lock(0);
	chain[1] = unit_thread(4, chain_link, (void *)1);
	thread_preempt_point();
	chain[2] = unit_thread(5, chain_link, (void *)2);
	thread_preempt_point();
	thread_set_priority(chain[2], THREAD_FIFO, 8);
	assert_int_equal(chain[1]->prio, 8);
	assert_int_equal(thread_current()->prio, 8);
	thread_set_priority(chain[2], THREAD_FIFO, 1);
	assert_int_equal(chain[1]->prio, 4);
	assert_int_equal(thread_current()->prio, 4);
	thread_set_priority(thread_current(), THREAD_FIFO, 6);
	assert_int_equal(thread_current()->prio, 6);
	unlock(0);
}

static void changed_priority_of_a_waiter_follows_the_chain(void **state)
{
	(void)state;
	unit_thread(3, raise_the_end_of_the_chain, NULL);
	host_run();
	assert_string_equal(unit_notes(), "bc");
}

static void lock_with_deadline(void *letter)
{
	assert_int_equal(mutex_lock(&mutexes[0], SLEEP_UNINTERRUPTIBLE, host_time() + 100), -ETIMEDOUT);
	unit_note_arg(letter);
}

static void hold_past_the_deadline(void *unused)
{
	(void)unused;
	lock(0);
	unit_thread(9, lock_with_deadline, (void *)'T');
	thread_preempt_point();
	unit_note('h');
	host_advance(100);
	thread_preempt_point();
	assert_int_equal(thread_current()->prio, 3);
	unit_note('l');
	unlock(0);
}

static void timed_out_waiter_runs_before_the_holder_goes_on(void **state)
{
	(void)state;
	unit_thread(3, hold_past_the_deadline, NULL);
	host_run();
	assert_string_equal(unit_notes(), "hTl");
}

static void lock_interruptibly(void *letter)
{
	assert_int_equal(mutex_lock(&mutexes[0], SLEEP_INTERRUPTIBLE, TICKS_NEVER), -EINTR);
	unit_note_arg(letter);
}

static void hold_and_interrupt(void *unused)
{
	struct thread *waiter;

	(void)unused;
	lock(0);
	waiter = unit_thread(9, lock_interruptibly, (void *)'I');
	thread_preempt_point();
	assert_int_equal(thread_current()->prio, 9);
	thread_interrupt(waiter, SLEEP_INTERRUPTIBLE);
	assert_int_equal(thread_current()->prio, 3);
	thread_preempt_point();
	unit_note('l');
	unlock(0);
}

static void interrupted_waiter_takes_its_priority_away(void **state)
{
	(void)state;
	unit_thread(3, hold_and_interrupt, NULL);
	host_run();
	assert_string_equal(unit_notes(), "Il");
}

static const struct CMUnitTest tests[] = {
	UNIT(mutex, one_at_a_time),
	UNIT(mutex, wrong_use_gives_errors),
	UNIT(mutex, only_the_holder_unlocks),
	UNIT(mutex, most_urgent_waiter_becomes_the_holder),
	UNIT(mutex, middle_does_not_delay_the_urgent),
	UNIT(mutex, inheritance_passes_on_with_the_lock),
	UNIT(mutex, inherits_priority_through_a_chain),
	UNIT(mutex, changed_priority_of_a_waiter_follows_the_chain),
	UNIT(mutex, timed_out_waiter_runs_before_the_holder_goes_on),
	UNIT(mutex, interrupted_waiter_takes_its_priority_away),
};

int main(void)
{
	return cmocka_run_group_tests_name("unit.mutex", tests, setup, NULL);
}
