/*
 * The end of processes and waiting for it.
 */
#include "world.h"

#include <string.h>

static void end_with_3(void)
{
	u_exit(3);
}

static void end_with_large_status(void)
{
	u_exit(0x1ff07);
}

static long call_wait(int pid, int *status, int options, struct abi_rusage *usage)
{
	return u_call(3, (uintptr_t)pid, status, (uintptr_t)options, usage);
}

static void reports_the_exit_status(void)
{
	assert_int_equal(u_reap(u_vfork(end_with_3)), 3 << 8);
	assert_int_equal(u_reap(u_vfork(end_with_large_status)), 7 << 8);
}

static void status_pointer_is_optional(void)
{
	long pid = u_vfork(end_with_3);

	assert_int_equal(call_wait(-1, NULL, 0, NULL), pid);
	assert_int_equal(call_wait(-1, NULL, 0, NULL), -ECHILD);
}

static void options_and_pids_are_checked(void)
{
	long pid = u_vfork(end_with_3);

	assert_int_equal(call_wait(-1, NULL, 4, NULL), -EINVAL);
	assert_int_equal(call_wait(-1, NULL, ~0, NULL), -EINVAL);
	assert_int_equal(call_wait((int)pid + 1, NULL, 0, NULL), -ECHILD);
	assert_int_equal(call_wait(1, NULL, 0, NULL), -ECHILD); /* itself */
	assert_int_equal(call_wait(-2, NULL, 0, NULL), -ECHILD);
	assert_int_equal(call_wait((int)pid, NULL, ABI_WNOHANG | ABI_WUNTRACED, NULL), pid);
	assert_int_equal(call_wait(-1, NULL, ABI_WNOHANG, NULL), -ECHILD);
}

static void bad_pointers_leave_the_zombie(void)
{
	long pid = u_vfork(end_with_3);
	struct space *space = process_current()->space;

	assert_int_equal(call_wait(-1, (int *)8, 0, NULL), -EFAULT);
	assert_int_equal(call_wait(-1, (int *)space->text, 0, NULL), -EFAULT);
	assert_int_equal(call_wait(-1, (int *)(space->data + 1), 0, NULL), -EFAULT);
	assert_int_equal(call_wait(-1, NULL, 0, (struct abi_rusage *)(space->brk - 8)), -EFAULT);
	assert_int_equal(u_reap(pid), 3 << 8);
}

static void sleep_100(void)
{
	u_sleep(100);
	unit_note('s');
}

static void sleep_200(void)
{
	u_sleep(200);
	unit_note('l');
}

static void wnohang_gives_0_while_children_live(void)
{
	long pid;

	world_program("sleeper", sleep_100);
	pid = u_spawn("/sleeper");
	assert_int_equal(call_wait(-1, NULL, ABI_WNOHANG, NULL), 0);
	assert_int_equal(call_wait((int)pid, NULL, ABI_WNOHANG, NULL), 0);
	u_sleep(150);
	assert_int_equal(call_wait(-1, NULL, ABI_WNOHANG, NULL), pid);
	unit_notes();
}

static void sleeps_until_the_child_that_was_asked_for_ends(void)
{
	long quick, slow;

	world_program("quick", sleep_100);
	world_program("slow", sleep_200);
	quick = u_spawn("/quick");
	slow = u_spawn("/slow");
	assert_int_equal(u_reap(slow), 0);
	assert_string_equal(unit_notes(), "sl");
	assert_int_equal(u_reap(quick), 0);
}

static void any_child_in_order_of_ending(void)
{
	long quick, slow;

	world_program("quick", sleep_100);
	world_program("slow", sleep_200);
	slow = u_spawn("/slow");
	quick = u_spawn("/quick");
	assert_int_equal(u_wait(-1, NULL), quick);
	assert_int_equal(u_wait(-1, NULL), slow);
	assert_int_equal(u_wait(-1, NULL), -ECHILD);
	unit_notes();
}

static void wait_interrupted(void)
{
	long pid = u_spawn("/sleeper");

	u_wait((int)pid, NULL);
	unit_note('!');
}

static void fatal_signal_ends_the_wait(void)
{
	long pid;

	world_program("sleeper", sleep_200);
	world_program("waiter", wait_interrupted);
	pid = u_spawn("/waiter");
	u_sleep(50);
	u_kill(pid, ABI_SIGTERM);
	assert_int_equal(u_reap(pid), ABI_SIGTERM);
	assert_true(u_wait(-1, NULL) > 0); /* the sleeper is an orphan now */
	assert_string_equal(unit_notes(), "l");
}

static void leave_children(void)
{
	u_vfork(end_with_3);
	u_spawn("/sleeper");
}

static void orphans_go_to_init(void)
{
	long pid, first, second;
	int *status = u_alloc(sizeof *status);

	world_program("sleeper", sleep_100);
	world_program("parent", leave_children);
	pid = u_spawn("/parent");
	assert_int_equal(u_reap(pid), 0);
	first = u_wait(-1, status);
	assert_true(first > 0 && first != pid);
	assert_int_equal(*status, 3 << 8);
	assert_string_equal(unit_notes(), "");
	second = u_wait(-1, status);
	assert_true(second > 0);
	assert_string_equal(unit_notes(), "s");
}

static void wait_for_all(void)
{
	unit_note('w');
	assert_true(u_wait(-1, NULL) > 0);
	unit_note('1');
}

static void leave_a_zombie_later(void)
{
	u_vfork(end_with_3);
	u_sleep(100);
}

/* Init sleeps in wait; a process ends that leaves a zombie: init gets both. */
static void zombie_orphan_wakes_init(void)
{
	world_program("parent", leave_a_zombie_later);
	u_spawn("/parent");
	wait_for_all();
	wait_for_all();
	assert_string_equal(unit_notes(), "w1w1");
	assert_int_equal(u_wait(-1, NULL), -ECHILD);
}

static void spawn_parent_and_sleep(void)
{
	u_spawn("/parent");
	u_sleep(100000);
}

/* The zombie's parent is no child of init, whose end alone would wake init. */
static void distant_zombie_orphan_wakes_init_at_once(void)
{
	world_program("parent", leave_a_zombie_later);
	world_program("middle", spawn_parent_and_sleep);
	u_spawn("/middle");
	assert_true(u_wait(-1, NULL) > 0);
	assert_in_range(host_time(), 100, 1000);
	assert_true(u_wait(-1, NULL) > 0); /* the middle */
	assert_true(u_wait(-1, NULL) > 0); /* the parent, a zombie of it */
}

static void zombie_holds_no_memory_but_its_structure(void)
{
	struct mem_stats before, after;
	long pid;

	mem_get_stats(&before);
	pid = u_vfork(end_with_3);
	thread_yield();
	mem_get_stats(&after);
	assert_int_equal(after.used_blocks - before.used_blocks, 1);
	assert_null(process_find((int)pid)->space);
	assert_null(process_find((int)pid)->thread);
	u_reap(pid);
	mem_get_stats(&after);
	assert_int_equal(after.used_blocks, before.used_blocks);
}

static void work_for_a_millisecond(void)
{
	host_advance(ARCH_TIMER_HZ / 1000);
}

static void work_and_sleep(void)
{
	work_for_a_millisecond();
	u_sleep(77777);
	work_for_a_millisecond();
}

static void usage_counts_the_time_on_the_processor(void)
{
	struct abi_rusage *usage = u_alloc(sizeof *usage);
	long pid;

	pid = u_vfork(work_for_a_millisecond);
	assert_int_equal(call_wait((int)pid, NULL, 0, usage), pid);
	assert_int_equal(usage->ru_utime.tv_sec, 0);
	assert_int_equal(usage->ru_utime.tv_usec, 1000);
	assert_int_equal(usage->ru_stime.tv_usec, 0);
	pid = u_vfork(work_and_sleep);
	assert_int_equal(call_wait((int)pid, NULL, 0, usage), pid);
	assert_int_equal(usage->ru_utime.tv_usec, 2000);
}

static void work_and_wait_for_work(void)
{
	work_for_a_millisecond();
	u_reap(u_vfork(work_for_a_millisecond));
}

static void usage_includes_children_that_were_waited_for(void)
{
	struct abi_rusage *usage = u_alloc(sizeof *usage);
	long pid = u_vfork(work_and_wait_for_work);

	assert_int_equal(call_wait((int)pid, NULL, 0, usage), pid);
	assert_int_equal(usage->ru_utime.tv_usec, 2000);
}


static void init_ends(void)
{
	u_exit(0);
}

static void end_of_init_is_a_panic(void)
{
	unit_expect_panic(init_ends, "init ended");
}

static const struct CMUnitTest tests[] = {
	WORLD(wait, reports_the_exit_status),
	WORLD(wait, status_pointer_is_optional),
	WORLD(wait, options_and_pids_are_checked),
	WORLD(wait, bad_pointers_leave_the_zombie),
	WORLD(wait, wnohang_gives_0_while_children_live),
	WORLD(wait, sleeps_until_the_child_that_was_asked_for_ends),
	WORLD(wait, any_child_in_order_of_ending),
	WORLD(wait, fatal_signal_ends_the_wait),
	WORLD(wait, orphans_go_to_init),
	WORLD(wait, zombie_orphan_wakes_init),
	WORLD(wait, distant_zombie_orphan_wakes_init_at_once),
	WORLD(wait, zombie_holds_no_memory_but_its_structure),
	WORLD(wait, usage_counts_the_time_on_the_processor),
	WORLD(wait, usage_includes_children_that_were_waited_for),
	WORLD(wait, end_of_init_is_a_panic),
};
UNIT_MAIN(wait, tests)
