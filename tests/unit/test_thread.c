/*
 * Threads and the scheduler: order of running, preemption, accounting, the end of threads.
 */
#include "unit.h"

#include <kernel/waitq.h>
#include <string.h>

#define A_TO_D(entry, prio)                                                                                            \
	for (uintptr_t letter = 'A'; letter <= 'D'; letter++)                                                          \
		unit_thread(prio, entry, (void *)letter);

static void note_yield_note(void *letter)
{
	unit_note_arg(letter);
	thread_yield();
	unit_note_arg(letter);
}

static void equals_run_in_order_of_start(void **state)
{
	(void)state;
	A_TO_D(unit_note_arg, 5);
	assert_string_equal(unit_notes(), "");
	host_run();
	assert_string_equal(unit_notes(), "ABCD");
}

static void more_urgent_runs_first(void **state)
{
	(void)state;
	for (unsigned prio = THREAD_PRIO_MIN; prio <= THREAD_PRIO_MAX; prio++)
		unit_thread(prio, unit_note_arg, (void *)(uintptr_t)('@' + prio));
	host_run();
	assert_string_equal(unit_notes(), "_^]\\[ZYXWVUTSRQPONMLKJIHGFEDCBA");
}

/* Starts L as the next one, and A and, if there is one, an urgent thread of that name before it sleeps. */
static void start_next_and_leave(void *urgent)
{
	struct thread *late = thread_create(THREAD_FIFO, 5);

	thread_set_entry(late, unit_note_arg, (void *)'L');
	thread_start_next(late);
	unit_thread(5, unit_note_arg, (void *)'A');
	if (urgent)
		unit_thread(6, unit_note_arg, urgent);
	unit_note('<');
}

static void started_next_overtakes_its_equals(void **state)
{
	(void)state;
	unit_thread(5, start_next_and_leave, NULL);
	unit_thread(5, unit_note_arg, (void *)'B');
	host_run();
	assert_string_equal(unit_notes(), "<LBA");
}

static void started_next_waits_for_the_more_urgent_only(void **state)
{
	(void)state;
	unit_thread(5, start_next_and_leave, (void *)'U');
	unit_thread(5, unit_note_arg, (void *)'B');
	host_run();
	assert_string_equal(unit_notes(), "<ULBA");
}

static void yield_lets_equals_run_but_not_the_less_urgent(void **state)
{
	(void)state;
	unit_thread(4, unit_note_arg, (void *)'z');
	A_TO_D(note_yield_note, 5);
	host_run();
	assert_string_equal(unit_notes(), "ABCDABCDz");
}

static void yield_alone_returns_at_once(void **state)
{
	unsigned switches = host_switches();

	(void)state;
	unit_thread(5, note_yield_note, (void *)'A');
	host_run();
	assert_string_equal(unit_notes(), "AA");
	assert_int_equal(host_switches() - switches, 2);
}

static void new_thread_does_not_run_before_it_is_started(void **state)
{
	struct thread *thread = thread_create(THREAD_FIFO, 5);

	(void)state;
	assert_int_equal(thread->state, THREAD_SLEEPING);
	thread_set_entry(thread, unit_note_arg, (void *)'A');
	host_run();
	assert_string_equal(unit_notes(), "");
	thread_free(thread);
}

static void start_urgent_without_switch(void *unused)
{
	(void)unused;
	unit_note('a');
	unit_thread(9, unit_note_arg, (void *)'U');
	assert_true(thread_current()->work & THREAD_WORK_RESCHED);
	unit_note('b');
	thread_preempt_point();
	assert_false(thread_current()->work & THREAD_WORK_RESCHED);
	unit_note('c');
}

static void urgent_thread_preempts_at_the_next_point_only(void **state)
{
	(void)state;
	unit_thread(5, start_urgent_without_switch, NULL);
	unit_thread(5, unit_note_arg, (void *)'d');
	host_run();
	assert_string_equal(unit_notes(), "abUcd");
}

static void start_equal(void *unused)
{
	(void)unused;
	unit_thread(5, unit_note_arg, (void *)'E');
	thread_preempt_point();
	unit_note('a');
}

static void equal_thread_does_not_preempt_fifo(void **state)
{
	(void)state;
	unit_thread(5, start_equal, NULL);
	host_run();
	assert_string_equal(unit_notes(), "aE");
}

static void wake_from_timer(struct timer *timer)
{
	(void)timer;
	unit_thread(9, unit_note_arg, (void *)'T');
}

static void wait_at_preemption_points(void *unused)
{
	static struct timer timer;

	(void)unused;
	timer_init(&timer, wake_from_timer);
	timer_start(&timer, host_time() + 10);
	for (int i = 0; i < 3; i++) {
		unit_note('.');
		host_advance(5);
		thread_preempt_point();
	}
}

static void preemption_point_handles_interrupts(void **state)
{
	(void)state;
	unit_thread(5, wait_at_preemption_points, NULL);
	host_run();
	assert_string_equal(unit_notes(), "..T.");
}

static void run_for(void *ticks)
{
	host_advance((uintptr_t)ticks);
}

static void advance_and_yield(void *ticks)
{
	run_for(ticks);
	thread_yield();
	run_for(ticks);
	unit_note(thread_current()->runtime == (uintptr_t)ticks ? 'y' : 'n');
}

static void runtime_counts_up_to_the_last_switch(void **state)
{
	(void)state;
	unit_thread(5, advance_and_yield, (void *)100);
	unit_thread(5, advance_and_yield, (void *)30);
	host_run();
	assert_string_equal(unit_notes(), "yy");
	assert_int_equal(host_time(), 260);
}

static void kernel_thread_that_begins_at_an_exit_may_exit(void **state)
{
	(void)state;
	A_TO_D(unit_note_arg, 5);
	host_run();
	assert_string_equal(unit_notes(), "ABCD");
	unit_assert_nothing_leaked();
}

static void block_of_an_ended_thread_is_freed_by_the_next(void **state)
{
	struct mem_stats before, after;

	(void)state;
	unit_thread(5, unit_note_arg, (void *)'A');
	mem_get_stats(&before);
	thread_yield();
	mem_get_stats(&after);
	assert_int_equal(before.used_blocks - after.used_blocks, 1);
}

static void creation_without_memory_gives_null(void **state)
{
	(void)state;
	mem_fail_nth(1);
	assert_null(thread_create(THREAD_RR, 5));
	unit_assert_nothing_leaked();
}

static void frame_and_stack_are_where_the_contract_says(void **state)
{
	struct thread *thread = thread_create(THREAD_FIFO, 5);
	uintptr_t end = (uintptr_t)thread + mem_size(thread);

	(void)state;
	assert_int_equal(((uintptr_t)(thread->frame + 1)) % 16, 0);
	assert_int_equal(thread->stack[0], THREAD_CANARY);
	assert_true((uintptr_t)thread->stack >= (uintptr_t)(thread + 1));
	assert_true((uintptr_t)(thread->frame + 1) <= end);
	assert_int_equal((uintptr_t)(thread->frame + 1) - (uintptr_t)thread->stack, ARCH_KSTACK_SIZE);
	thread_free(thread);
}

static void overflow_the_stack(void *unused)
{
	(void)unused;
	thread_current()->stack[0] = 0;
	thread_yield();
}

static void run_an_overflow(void)
{
	unit_thread(5, overflow_the_stack, NULL);
	unit_thread(5, unit_note_arg, (void *)'A');
	host_run();
}

static void overwritten_canary_panics_at_the_next_switch(void **state)
{
	(void)state;
	unit_expect_panic(run_an_overflow, "THREAD_CANARY");
}

static void free_an_overflown_thread(void)
{
	struct thread *thread = thread_create(THREAD_FIFO, 5);

	thread->stack[0] = 1;
	thread_free(thread);
}

static void overwritten_canary_panics_when_freed(void **state)
{
	(void)state;
	unit_expect_panic(free_an_overflown_thread, "THREAD_CANARY");
}

static void use_stack(void *unused)
{
	volatile char deep[1000];

	(void)unused;
	memset((char *)deep, 1, sizeof deep);
	unit_note('A');
	thread_yield();
}

static void filled_stack_tells_its_depth(void **state)
{
	struct thread *thread = thread_create(THREAD_FIFO, 5);
	size_t room;

	(void)state;
	thread_fill_stack(thread);
	room = thread_stack_unused(thread);
	assert_int_equal(room, (uintptr_t)thread->frame - (uintptr_t)(thread->stack + 1));
	thread_set_entry(thread, use_stack, NULL);
	thread_start(thread);
	unit_thread(5, unit_note_arg, (void *)'B');
	thread_yield();
	assert_true(thread_stack_unused(thread) > 0);
	assert_true(thread_stack_unused(thread) < room - 1000);
	host_run();
	assert_string_equal(unit_notes(), "AB");
}

static struct arch_space space_a, space_b;

static void check_space(void *expected)
{
	unit_note(host_space() == expected ? 'y' : 'n');
}

static void space_thread(const struct arch_space *space, const struct arch_space *expected)
{
	unit_thread(5, check_space, (void *)expected)->space = space;
}

static void switch_opens_the_space_of_the_thread(void **state)
{
	(void)state;
	space_thread(&space_a, &space_a);
	space_thread(&space_a, &space_a);
	space_thread(NULL, &space_a); /* a kernel thread touches no entry */
	space_thread(&space_b, &space_b);
	host_run();
	assert_string_equal(unit_notes(), "yyyy");
	thread_forget_space(&space_a);
	assert_ptr_equal(host_space(), &space_b);
	thread_forget_space(&space_b);
	assert_null(host_space());
}

static void forgotten_space_is_loaded_again(void **state)
{
	(void)state;
	space_thread(&space_a, &space_a);
	host_run();
	thread_forget_space(&space_a);
	space_thread(&space_a, &space_a); /* a new one at the same address */
	host_run();
	assert_string_equal(unit_notes(), "yy");
}

static const struct CMUnitTest tests[] = {
	UNIT(thread, equals_run_in_order_of_start),
	UNIT(thread, more_urgent_runs_first),
	UNIT(thread, started_next_overtakes_its_equals),
	UNIT(thread, started_next_waits_for_the_more_urgent_only),
	UNIT(thread, yield_lets_equals_run_but_not_the_less_urgent),
	UNIT(thread, yield_alone_returns_at_once),
	UNIT(thread, new_thread_does_not_run_before_it_is_started),
	UNIT(thread, urgent_thread_preempts_at_the_next_point_only),
	UNIT(thread, equal_thread_does_not_preempt_fifo),
	UNIT(thread, preemption_point_handles_interrupts),
	UNIT(thread, runtime_counts_up_to_the_last_switch),
	UNIT(thread, kernel_thread_that_begins_at_an_exit_may_exit),
	UNIT(thread, block_of_an_ended_thread_is_freed_by_the_next),
	UNIT(thread, creation_without_memory_gives_null),
	UNIT(thread, frame_and_stack_are_where_the_contract_says),
	UNIT(thread, overwritten_canary_panics_at_the_next_switch),
	UNIT(thread, overwritten_canary_panics_when_freed),
	UNIT(thread, filled_stack_tells_its_depth),
	UNIT(thread, switch_opens_the_space_of_the_thread),
	UNIT(thread, forgotten_space_is_loaded_again),
};
UNIT_MAIN(thread, tests)
