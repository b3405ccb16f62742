/*
 * How threads end: by exit, a fatal signal, exec.
 */
#include "threading.h"

#include <proc/signal.h>
#include <string.h>

static void waits_for_ever(struct trapframe *frame)
{
	(void)frame;
	for (;;)
		u_call(62, word, (uintptr_t)*word, NULL, 0);
}

static void pipe_reader(struct trapframe *frame)
{
	int *fds = u_alloc(2 * sizeof *fds);
	char *byte = u_alloc(1);

	(void)frame;
	u_call(29, fds, 0);
	u_call(22, (uintptr_t)fds[0], byte, (uintptr_t)1);
	fail_msg("nobody writes");
}

static void sleepy_child(void)
{
	u_sleep(500);
	unit_note('c');
}

static void lender(struct trapframe *frame)
{
	(void)frame;
	u_vfork(sleepy_child);
	unit_note('!');
	thread_leave();
}

static void many_threads(void)
{
	word = u_alloc(sizeof *word);
	thread_make(waits_for_ever, 0);
	thread_make(pipe_reader, 0);
	thread_make(lender, 0);
	u_sleep(10);
	assert_int_equal(process_thread_count(process_current()), 4);
}

static void exits_with_threads(void)
{
	many_threads();
	unit_note('x');
	u_exit(5);
}

static void exit_ends_all_threads(void)
{
	world_program("program", exits_with_threads);
	assert_int_equal(u_reap(u_spawn("/program")), 5 << 8);
	assert_true(u_wait(-1, NULL) > 0); /* the borrower, orphaned */
	assert_string_equal(unit_notes(), "xc");
}

static void exit_9(struct trapframe *frame)
{
	(void)frame;
	u_exit(9);
}

static void other_exits(void)
{
	many_threads();
	thread_make(exit_9, 0);
	u_sleep(100000);
	unit_note('!');
}

static void exit_by_another_thread_ends_the_first(void)
{
	world_program("program", other_exits);
	assert_int_equal(u_reap(u_spawn("/program")), 9 << 8);
	assert_true(u_wait(-1, NULL) > 0);
	assert_string_equal(unit_notes(), "c");
}

static void first_leaves(void)
{
	many_threads();
	thread_make(exit_9, 0);
	thread_leave();
}

static void the_first_thread_may_end_before_the_others(void)
{
	world_program("program", first_leaves);
	assert_int_equal(u_reap(u_spawn("/program")), 9 << 8);
	assert_true(u_wait(-1, NULL) > 0);
	assert_string_equal(unit_notes(), "c");
}

static void sleeps_among_threads(void)
{
	many_threads();
	u_sleep(100000);
	unit_note('!');
}

static void a_fatal_signal_ends_all_threads(void)
{
	static const int sigs[] = {ABI_SIGTERM, ABI_SIGKILL, ABI_SIGSEGV};

	for (int i = 0; i < 3; i++) {
		long pid = u_start(sleeps_among_threads);

		u_sleep(20);
		u_kill(pid, sigs[i]);
		assert_int_equal(u_reap(pid), sigs[i]);
		assert_true(u_wait(-1, NULL) > 0);
		assert_string_equal(unit_notes(), "c");
	}
}

static void in_new_program(void)
{
	assert_null(process_current()->threads);
	assert_null(thread_current()->extra);
	assert_int_equal(sys_thread_self(), 1);
	assert_ptr_equal(process_current()->thread, thread_current());
	unit_note('p');
}

static void exec_by_other(struct trapframe *frame)
{
	(void)frame;
	u_mask(ABI_SIG_SETMASK, SIGNAL_BIT(ABI_SIGUSR1));
	u_call(66, 0, (uintptr_t)ABI_SIGUSR1);
	u_execve(u_string("/new"), NULL, NULL);
	fail_msg("exec failed");
}

static void threads_then_exec(void)
{
	many_threads();
	thread_make(exec_by_other, 0);
	u_sleep(100000);
	fail_msg("the first thread lives");
}

static void exec_ends_the_others_and_keeps_what_the_caller_had(void)
{
	long pid;

	world_program("new", in_new_program);
	world_program("program", threads_then_exec);
	pid = u_spawn("/program");
	u_sleep(15);
	assert_string_equal(unit_notes(), "p");
	assert_int_equal(u_reap(pid), 0);
	assert_true(u_wait(-1, NULL) > 0);
	assert_string_equal(unit_notes(), "c");
}

static void keeps_its_mask_and_pending(void)
{
	assert_true(process_current()->signals.first.blocked == SIGNAL_BIT(ABI_SIGUSR1));
	assert_true(process_current()->signals.pending.set == SIGNAL_BIT(ABI_SIGUSR1));
	unit_note('k');
}

static void exec_keeps_mask_and_pending_signals_of_its_thread(void)
{
	world_program("new", keeps_its_mask_and_pending);
	world_program("program", threads_then_exec);
	assert_int_equal(u_reap(u_spawn("/program")), 0);
	assert_true(u_wait(-1, NULL) > 0);
	assert_string_equal(unit_notes(), "kc");
}

static void exec_with_no_memory(void)
{
	char **vector = u_vector("a", "b", NULL);
	char *path = u_string("/new");
	long error;
	unsigned n = 1;

	word = u_alloc(sizeof *word);
	thread_make(beats, 0);
	do {
		u_sleep(1);
		mem_fail_nth(n++);
		error = u_execve(path, vector, vector);
		mem_fail_nth(0);
		assert_int_equal(process_thread_count(process_current()), 2);
	} while (error == -ENOMEM);
	fail_msg("exec gave %ld", error);
}

static void failed_exec_leaves_all_threads(void)
{
	world_program("new", in_new_program);
	world_program("program", exec_with_no_memory);
	assert_int_equal(u_reap(u_spawn("/program")), 0);
	assert_non_null(strstr(unit_notes(), "bp"));
}

static const struct CMUnitTest tests[] = {
	WORLD(threads_end, exit_ends_all_threads),
	WORLD(threads_end, exit_by_another_thread_ends_the_first),
	WORLD(threads_end, the_first_thread_may_end_before_the_others),
	WORLD(threads_end, a_fatal_signal_ends_all_threads),
	WORLD(threads_end, exec_ends_the_others_and_keeps_what_the_caller_had),
	WORLD(threads_end, exec_keeps_mask_and_pending_signals_of_its_thread),
	WORLD(threads_end, failed_exec_leaves_all_threads),
};
UNIT_MAIN(threads_end, tests)
