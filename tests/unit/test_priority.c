/*
 * Changes of priority, and round-robin slices.
 */
#include "unit.h"

#include <kernel/waitq.h>

#define SLICE (ARCH_TIMER_HZ / CONFIG_SLICES_PER_SECOND)

static void ready_thread_moves_to_its_new_priority(void **state)
{
	struct thread *a = unit_thread(5, unit_note_arg, (void *)'A');
	struct thread *b = unit_thread(6, unit_note_arg, (void *)'B');

	(void)state;
	unit_thread(7, unit_note_arg, (void *)'C');
	thread_set_priority(a, THREAD_FIFO, 8);
	thread_set_priority(b, THREAD_FIFO, 4);
	assert_int_equal(a->prio, 8);
	assert_int_equal(b->base_prio, 4);
	host_run();
	assert_string_equal(unit_notes(), "ACB");
}

static void ready_thread_queues_up_behind_its_new_equals(void **state)
{
	struct thread *a = unit_thread(5, unit_note_arg, (void *)'A');

	(void)state;
	unit_thread(7, unit_note_arg, (void *)'B');
	unit_thread(7, unit_note_arg, (void *)'C');
	thread_set_priority(a, THREAD_FIFO, 7);
	host_run();
	assert_string_equal(unit_notes(), "BCA");
}

static void lower_myself(void *unused)
{
	(void)unused;
	unit_note('a');
	thread_set_priority(thread_current(), THREAD_FIFO, 3);
	assert_true(thread_current()->work & THREAD_WORK_RESCHED);
	thread_preempt_point();
	unit_note('z');
}

static void lowered_running_thread_is_preempted(void **state)
{
	(void)state;
	unit_thread(8, lower_myself, NULL);
	unit_thread(5, unit_note_arg, (void *)'M');
	host_run();
	assert_string_equal(unit_notes(), "aMz");
}

static void raise_another(void *other)
{
	thread_set_priority(other, THREAD_FIFO, 9);
	unit_note('a');
	thread_preempt_point();
	unit_note('b');
}

static void raised_ready_thread_preempts(void **state)
{
	struct thread *other = unit_thread(2, unit_note_arg, (void *)'R');

	(void)state;
	unit_thread(5, raise_another, other);
	host_run();
	assert_string_equal(unit_notes(), "aRb");
}

static void raise_myself(void *unused)
{
	(void)unused;
	thread_set_priority(thread_current(), THREAD_FIFO, 9);
	thread_yield();
	unit_note('a');
}

static void raised_running_thread_runs_on(void **state)
{
	(void)state;
	unit_thread(5, raise_myself, NULL);
	unit_thread(5, unit_note_arg, (void *)'B');
	host_run();
	assert_string_equal(unit_notes(), "aB");
}

static void run_slices(void *letter)
{
	for (int i = 0; i < 3; i++) {
		unit_note_arg(letter);
		host_advance(SLICE);
		thread_preempt_point();
	}
}

static struct thread *round_robin(unsigned prio, void (*entry)(void *), char letter)
{
	struct thread *thread = thread_create(THREAD_RR, prio);

	thread_set_entry(thread, entry, (void *)(uintptr_t)letter);
	thread_start(thread);
	return thread;
}

static void round_robin_rotates_at_the_end_of_a_slice(void **state)
{
	(void)state;
	round_robin(5, run_slices, 'A');
	round_robin(5, run_slices, 'B');
	round_robin(5, run_slices, 'C');
	host_run();
	assert_string_equal(unit_notes(), "ABCABCABC");
}

static void fifo_thread_is_not_sliced(void **state)
{
	(void)state;
	unit_thread(5, run_slices, (void *)'A');
	round_robin(5, run_slices, 'B');
	host_run();
	assert_string_equal(unit_notes(), "AAABBB");
}

static void yield_in_half_a_slice(void *unused)
{
	(void)unused;
	unit_note('A');
	host_advance(SLICE / 2);
	thread_yield();
	unit_note('a');
}

static void run_one_and_a_half_slices(void *unused)
{
	(void)unused;
	unit_note('B');
	host_advance(SLICE / 2);
	thread_preempt_point(); /* at the end of what would have been the slice of the thread before */
	unit_note('b');
	host_advance(SLICE / 2);
	thread_preempt_point();
	unit_note('c');
}

static void thread_after_one_that_yielded_has_a_whole_slice(void **state)
{
	(void)state;
	round_robin(5, yield_in_half_a_slice, 'A');
	round_robin(5, run_one_and_a_half_slices, 'B');
	host_run();
	assert_string_equal(unit_notes(), "ABbac");
}

static void yield_and_run_slices(void *letter)
{
	unit_note_arg(letter);
	thread_yield();
	run_slices(letter);
}

static void slices_go_on_after_a_fifo_thread(void **state)
{
	(void)state;
	round_robin(5, yield_and_run_slices, 'A');
	unit_thread(5, run_slices, (void *)'F');
	round_robin(5, run_slices, 'B');
	host_run();
	assert_string_equal(unit_notes(), "AFFFBABABA");
}

static void lone_round_robin_thread_sets_no_timer(void **state)
{
	(void)state;
	round_robin(5, unit_note_arg, 'A');
	round_robin(4, unit_note_arg, 'B');
	host_run();
	assert_int_equal(host_time(), 0);
	assert_int_equal(host_deadline(), TICKS_NEVER);
	assert_string_equal(unit_notes(), "AB");
}

static void run_half_slices(void *letter)
{
	for (int i = 0; i < 4; i++) {
		unit_note_arg(letter);
		host_advance(SLICE / 2);
		thread_preempt_point();
	}
}

static void slice_is_not_cut_short(void **state)
{
	(void)state;
	round_robin(5, run_half_slices, 'A');
	round_robin(5, run_half_slices, 'B');
	host_run();
	assert_string_equal(unit_notes(), "AABBAABB");
}

static void start_company(void *unused)
{
	(void)unused;
	host_advance(10 * SLICE);
	round_robin(5, unit_note_arg, 'B');
	unit_note('a');
	thread_preempt_point();
	unit_note('a');
}

static void company_ends_the_slice_of_who_ran_long_alone(void **state)
{
	(void)state;
	round_robin(5, start_company, 'A');
	host_run();
	assert_string_equal(unit_notes(), "aBa");
}

static void start_company_half_way(void *unused)
{
	(void)unused;
	host_advance(SLICE / 2);
	round_robin(5, unit_note_arg, 'B');
	for (int i = 0; i < 3; i++) {
		unit_note('a');
		host_advance(SLICE / 4);
		thread_preempt_point();
	}
}

static void slice_counts_from_coming_onto_the_processor(void **state)
{
	(void)state;
	round_robin(5, start_company_half_way, 'A');
	host_run();
	assert_string_equal(unit_notes(), "aaBa");
}

static void start_urgent_half_way(void *unused)
{
	(void)unused;
	unit_note('a');
	host_advance(SLICE / 2);
	unit_thread(9, unit_note_arg, (void *)'U');
	thread_preempt_point();
	unit_note('a');
}

static void preempted_thread_stays_at_the_head_of_its_priority(void **state)
{
	(void)state;
	round_robin(5, start_urgent_half_way, 'A');
	round_robin(5, unit_note_arg, 'B');
	host_run();
	assert_string_equal(unit_notes(), "aUaB");
}

static void sink_to_company(void *unused)
{
	(void)unused;
	thread_set_priority(thread_current(), THREAD_RR, 5);
	run_slices((void *)'A');
}

static void lowered_among_equals_gets_a_slice(void **state)
{
	(void)state;
	round_robin(9, sink_to_company, 0);
	round_robin(5, run_slices, 'B');
	host_run();
	assert_string_equal(unit_notes(), "ABABAB");
}

static void become_round_robin(void *unused)
{
	(void)unused;
	thread_set_priority(thread_current(), THREAD_RR, 5);
	run_slices((void *)'A');
}

static void fifo_thread_that_becomes_round_robin_gets_a_slice(void **state)
{
	(void)state;
	unit_thread(5, become_round_robin, NULL);
	round_robin(5, run_slices, 'B');
	host_run();
	assert_string_equal(unit_notes(), "ABABAB");
}

static void become_fifo(void *unused)
{
	(void)unused;
	thread_set_priority(thread_current(), THREAD_FIFO, 5);
	run_slices((void *)'A');
}

static void round_robin_thread_that_becomes_fifo_loses_its_slice(void **state)
{
	(void)state;
	round_robin(5, become_fifo, 0);
	round_robin(5, run_slices, 'B');
	host_run();
	assert_string_equal(unit_notes(), "AAABBB");
}

static const struct CMUnitTest tests[] = {
	UNIT(priority, ready_thread_moves_to_its_new_priority),
	UNIT(priority, ready_thread_queues_up_behind_its_new_equals),
	UNIT(priority, lowered_running_thread_is_preempted),
	UNIT(priority, raised_ready_thread_preempts),
	UNIT(priority, raised_running_thread_runs_on),
	UNIT(priority, round_robin_rotates_at_the_end_of_a_slice),
	UNIT(priority, fifo_thread_is_not_sliced),
	UNIT(priority, thread_after_one_that_yielded_has_a_whole_slice),
	UNIT(priority, slices_go_on_after_a_fifo_thread),
	UNIT(priority, lone_round_robin_thread_sets_no_timer),
	UNIT(priority, slice_is_not_cut_short),
	UNIT(priority, company_ends_the_slice_of_who_ran_long_alone),
	UNIT(priority, slice_counts_from_coming_onto_the_processor),
	UNIT(priority, preempted_thread_stays_at_the_head_of_its_priority),
	UNIT(priority, lowered_among_equals_gets_a_slice),
	UNIT(priority, fifo_thread_that_becomes_round_robin_gets_a_slice),
	UNIT(priority, round_robin_thread_that_becomes_fifo_loses_its_slice),
};
UNIT_MAIN(priority, tests)
