/*
 * The table of processes, and vfork at its limits.
 */
#include "world.h"

#include <string.h>

static void nothing(void)
{
	unit_note('c');
}

static void init_is_pid_1(void)
{
	assert_int_equal(sys_getpid(), 1);
	assert_int_equal(sys_getppid(), 0);
	assert_ptr_equal(process_find(1), process_init);
	assert_ptr_equal(process_next(NULL), process_init);
	assert_null(process_next(process_init));
	assert_null(process_find(0));
	assert_null(process_find(-1));
	assert_string_equal(process_init->name, "init");
}

static void pids_rise_and_are_found(void)
{
	long first = u_vfork(nothing), second = u_vfork(nothing);

	assert_true(second > first && first > 1);
	assert_int_equal(process_find((int)first)->pid, first);
	assert_int_equal(process_after_pid(0)->pid, 1);
	assert_int_equal(process_after_pid(1)->pid, first);
	assert_int_equal(process_after_pid((int)first)->pid, second);
	assert_null(process_after_pid((int)second));
	assert_int_equal(process_next(process_init)->pid, first);
	u_reap(second);
	u_reap(first);
	assert_null(process_find((int)first));
}

static void pids_wrap_around_and_skip_the_living(void)
{
	long kept = u_vfork(nothing), pid = 0, before = kept;

	for (int i = 0; i < 33000; i++) {
		pid = u_vfork(nothing);
		u_wait((int)pid, NULL);
		unit_notes();
		assert_true(pid > 1 && pid <= 32767 && pid != kept);
		if (pid < before)
			break;
		before = pid;
	}
	assert_int_equal(before, 32767);
	assert_int_equal(pid, kept == 2 ? 3 : 2);
	u_reap(kept);
}

static void limit_of_processes_is_eagain(void)
{
	struct mem_stats before, after;
	long pid[CONFIG_PROCESS_MAX];
	int count = 0;

	while (count < CONFIG_PROCESS_MAX - 1)
		pid[count++] = u_vfork(nothing);
	mem_get_stats(&before);
	assert_int_equal(u_vfork(nothing), -EAGAIN);
	mem_get_stats(&after);
	assert_memory_equal(&before, &after, sizeof before);
	assert_int_equal(process_current()->space->refs, 1);
	u_reap(pid[--count]);
	pid[count++] = u_vfork(nothing); /* there is room again */
	assert_string_equal(unit_notes(), "cccccccccccccccc");
	while (count > 0)
		u_reap(pid[--count]);
}

#define HIGH_FD FDTABLE_INLINE /* a table that holds it has a block of its own */

static const struct file_ops nothing_ops;

static void each_failing_allocation_of_vfork_leaves_no_trace(void)
{
	struct fdtable *files = &process_current()->files;
	struct mem_stats before, after;
	unsigned n = 0;
	long pid;

	fdtable_install(files, file_alloc(&nothing_ops, 0), HIGH_FD, false); /* so that the copy allocates */
	do {
		mem_get_stats(&before);
		mem_fail_nth(++n);
		pid = u_vfork(nothing);
		mem_fail_nth(0);
		mem_get_stats(&after);
		if (pid < 0) {
			assert_int_equal(pid, -ENOMEM);
			assert_memory_equal(&before, &after, sizeof before);
			assert_true(list_empty(&process_current()->children));
			assert_int_equal(process_current()->space->refs, 1);
			assert_int_equal(fdtable_get(files, HIGH_FD)->refs, 1);
		}
	} while (pid < 0);
	assert_int_equal(n - 1, 3); /* process, thread, descriptors */
	assert_string_equal(unit_notes(), "c");
	u_reap(pid);
}

static void out_of_memory_is_enomem(void)
{
	struct mem_stats stats;
	void **all = NULL;

	for (;;) {
		void **block;

		mem_get_stats(&stats);
		block = mem_alloc(stats.largest);
		if (!block)
			break;
		*block = all;
		all = block;
	}
	assert_int_equal(u_vfork(nothing), -ENOMEM);
	while (all) {
		void **next = *all;

		mem_free(all);
		all = next;
	}
	u_reap(u_vfork(nothing));
	unit_notes();
}

static void create_and_destroy(void)
{
	struct process *process;
	struct mem_stats before, after;

	mem_get_stats(&before);
	for (unsigned n = 1; n <= 2; n++) {
		mem_fail_nth(n);
		assert_int_equal(process_create(&process), -ENOMEM);
		mem_fail_nth(0);
		assert_null(process_next(process_init));
	}
	assert_int_equal(process_create(&process), 0);
	assert_ptr_equal(process_find(process->pid), process);
	assert_ptr_equal(process->thread->owner, process);
	assert_null(process->space);
	assert_int_equal(process->thread->state, THREAD_SLEEPING);
	process_destroy(process);
	mem_get_stats(&after);
	assert_memory_equal(&before, &after, sizeof before);
}

static void start_nothing(void)
{
	process_start_init("/nothing");
}

static void missing_init_is_a_panic(void)
{
	unit_expect_panic(start_nothing, "cannot start /nothing: error 2");
	unit_expect_panic(start_nothing, "no init");
}

static int closes;

static void count_close(struct file *file)
{
	(void)file;
	closes++;
}

static const struct file_ops counting_ops = {.close = count_close};

static void look_at_descriptors(void)
{
	struct fdtable *files = &process_current()->files;

	assert_ptr_equal(fdtable_get(files, 0), fdtable_get(&process_init->files, 0));
	assert_int_equal(fdtable_get(files, 0)->refs, 2);
	assert_true(fdtable_get_cloexec(files, 1));
	fdtable_close(files, 0);
	assert_non_null(fdtable_get(&process_init->files, 0));
}

static void descriptors_are_copied_and_shared(void)
{
	struct fdtable *files = &process_current()->files;

	fdtable_install(files, file_alloc(&counting_ops, 0), 0, false);
	fdtable_install(files, file_alloc(&counting_ops, 0), 0, true);
	u_reap(u_vfork(look_at_descriptors));
	assert_int_equal(fdtable_get(files, 0)->refs, 1);
	assert_int_equal(closes, 0);
	fdtable_close_all(files);
	assert_int_equal(closes, 2);
}

static bool open_in_program[3];

static void note_descriptors(void)
{
	for (int i = 0; i < 3; i++)
		open_in_program[i] = fdtable_get(&process_current()->files, i);
}

static void exec_program(void)
{
	u_execve(u_string("/nothing"), NULL, NULL);
	assert_non_null(fdtable_get(&process_current()->files, 1)); /* a failed exec closes nothing */
	u_execve(u_string("/program"), NULL, NULL);
}

static void exec_closes_what_is_marked(void)
{
	struct fdtable *files = &process_current()->files;

	world_program("program", note_descriptors);
	for (int i = 0; i < 3; i++)
		fdtable_install(files, file_alloc(&counting_ops, 0), 0, i == 1);
	u_reap(u_vfork(exec_program));
	assert_true(open_in_program[0] && !open_in_program[1] && open_in_program[2]);
	assert_non_null(fdtable_get(files, 1));
	fdtable_close_all(files);
}

static struct process *child;
static bool closed_before_release;

static void note_close(struct file *file)
{
	(void)file;
	if (child && thread_lends(process_init->thread))
		closed_before_release = true;
}

static const struct file_ops watching_ops = {.close = note_close};

static void close_on_exec_last_reference(void)
{
	child = process_current();
	fdtable_install(&child->files, file_alloc(&watching_ops, 0), 0, true);
	u_execve(u_string("/program"), NULL, NULL);
}

static void marked_descriptors_close_before_the_loan_returns(void)
{
	world_program("program", nothing);
	u_reap(u_vfork(close_on_exec_last_reference));
	assert_true(closed_before_release);
	unit_notes();
}

static void exec_loaded(void)
{
	u_execve((const char *)process_current()->space->data, NULL, NULL);
}

static void thousand_rounds_leave_memory_as_it_was(void)
{
	struct mem_stats before, after;

	world_program("loaded", nothing)->direct = false;
	strcpy((char *)process_current()->space->data, "/loaded");
	mem_get_stats(&before);
	for (int round = 0; round < 1000; round++) {
		assert_true(u_wait((int)u_vfork(nothing), NULL) > 0);
		assert_true(u_wait((int)u_vfork(exec_loaded), NULL) > 0);
		assert_string_equal(unit_notes(), "cc");
	}
	mem_get_stats(&after);
	assert_memory_equal(&before, &after, sizeof before);
}

static const struct CMUnitTest tests[] = {
	WORLD(process, init_is_pid_1),
	WORLD(process, pids_rise_and_are_found),
	WORLD(process, pids_wrap_around_and_skip_the_living),
	WORLD(process, limit_of_processes_is_eagain),
	WORLD(process, each_failing_allocation_of_vfork_leaves_no_trace),
	WORLD(process, out_of_memory_is_enomem),
	WORLD(process, create_and_destroy),
	WORLD(process, missing_init_is_a_panic),
	WORLD(process, descriptors_are_copied_and_shared),
	WORLD(process, exec_closes_what_is_marked),
	WORLD(process, marked_descriptors_close_before_the_loan_returns),
	WORLD(process, thousand_rounds_leave_memory_as_it_was),
};
UNIT_MAIN(process, tests)
