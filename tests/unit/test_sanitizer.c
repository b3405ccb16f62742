/*
 * The vfork sanitizer: writes of a child to what it borrows, its exit(), and who may switch the watch.
 */
#include "sanitizing.h"

#include <proc/signal.h>
#include <stdlib.h>
#include <string.h>

#define CALL_SETIDS 74
#define CALL_ACCESS 33

static void nothing(void)
{
}

static void innocent_child_is_not_reported(void)
{
	watch(ABI_VFORKSAN_ON);
	log_start();
	assert_int_equal(u_reap(lend(ask)), 0);
	u_call(CALL_GETPPID);
	assert_string_equal(log_text(), "");
}

static void write_to_data_is_reported_with_both_values(void)
{
	watch(ABI_VFORKSAN_ON);
	*data_word(1) = 7;
	log_start();
	u_reap(lend(write_data));
	assert_log_has("wrote 1 bytes at data+0x4: 07 -> 2a\n");
}

static void unwatched_process_is_not_looked_at(void)
{
	watch(ABI_VFORKSAN_ON);
	assert_int_equal(u_call(CALL_VFORKSAN, (uintptr_t)0, (uintptr_t)ABI_VFORKSAN_OFF), 1);
	log_start();
	u_reap(lend(write_data));
	assert_string_equal(log_text(), "");
	assert_int_equal(thread_current()->frame->guard.calls, SYSCALL_SLOTS);
}

static void write_frames(void)
{
	uintptr_t end = thread_current()->frame->guard.end;

	memset((void *)(end - 32), 0x11, 32 - sizeof(uintptr_t)); /* the borrowed frame, without the return address */
	memset((void *)(end - 64), 0x11, 32);                     /* the child's own */
	*(uint16_t *)(end + 4) = 0x2222;
}

static void only_frames_above_the_borrowed_one_are_reported(void)
{
	char expected[64];

	watch(ABI_VFORKSAN_ON);
	memset((void *)space()->base, 0, 128);
	log_start();
	u_reap(lend(write_frames));
	kformat(expected, sizeof expected, "wrote 2 bytes at stack+0x%x: 00 00 -> 22 22\n", 64 + 4);
	assert_log_has(expected);
	assert_null(strstr(log_text(), "11"));
}

static void fail_to_find(void)
{
	assert_int_equal(u_call(CALL_ACCESS, "/none", (uintptr_t)0), -EFAULT); /* not a string of the program's */
	*data_word(2) = EFAULT;
	*data_word(5) = EFAULT + 1;
}

static void errno_of_a_failed_call_is_not_reported(void)
{
	watch(ABI_VFORKSAN_ON);
	log_start();
	u_reap(lend(fail_to_find));
	assert_null(strstr(log_text(), "data+0x8:"));
	assert_log_has("wrote 1 bytes at data+0x14:");
}

static void clear_words(void)
{
	*data_word(1) = 0;
	*data_word(3) = 0;
}

static void the_word_that_gets_the_pid_is_not_reported(void)
{
	long pid;

	watch(ABI_VFORKSAN_ON);
	*data_word(1) = 5;
	*data_word(3) = 6;
	log_start();
	pid = lend(clear_words);
	*data_word(1) = (uint32_t)pid;
	assert_string_equal(log_text(), "");
	u_call(CALL_GETPPID);
	u_reap(pid);
	assert_null(strstr(log_text(), "data+0x4:"));
	assert_log_has("data+0xc: 06 00 00 00 -> 00 00 00 00\n");
}

static void clear_many_words(void)
{
	for (unsigned i = 0; i < 6; i++)
		*data_word(2 * i) = 0;
}

static void more_cleared_words_than_can_be_kept_are_reported_at_once(void)
{
	watch(ABI_VFORKSAN_ON);
	for (unsigned i = 0; i < 6; i++)
		*data_word(2 * i) = 1;
	log_start();
	u_reap(lend(clear_many_words));
	assert_log_has("data+0x20: 01 -> 00\n");
	assert_log_has("data+0x28: 01 -> 00\n");
}

static void exit_of_the_library(void)
{
	u_call(0, (uintptr_t)3, (uintptr_t)ABI_EXIT_LIBRARY, space()->text + 16);
}

static void exit_instead_of__exit_is_reported(void)
{
	watch(ABI_VFORKSAN_ON);
	log_start();
	assert_int_equal(u_reap(lend(exit_of_the_library)), 3 << 8);
	assert_log_has("ended through exit() instead of _exit(), called in text+0x10\n");
}

static void exit_outside_of_a_loan(void)
{
	exit_of_the_library();
}

static void exec_then_exit(void)
{
	u_execve(u_string("/exits"), NULL, NULL);
	u_exit(1);
}

static void exit_after_the_loan_is_no_crime(void)
{
	world_program("exits", exit_outside_of_a_loan);
	watch(ABI_VFORKSAN_ON);
	log_start();
	assert_int_equal(u_reap(lend(exec_then_exit)), 3 << 8);
	assert_null(strstr(log_text(), "exit()"));
}

/* u_execve of the child leaves its path in the heap that it borrows; the program then lends, too. */
static void programs_stay_watched(void)
{
	assert_int_equal(u_call(CALL_VFORKSAN, (uintptr_t)0, (uintptr_t)ABI_VFORKSAN_QUERY), 1);
	*data_word(1) = 7;
	log_start();
	u_reap(lend(write_data));
	assert_log_has("data+0x4: 07 -> 2a\n");
	unit_note('x');
}

static void exec_of_the_watched(void)
{
	u_execve(u_string("/watched"), NULL, NULL);
	u_exit(1);
}

static void exec_keeps_the_watch(void)
{
	world_program("watched", programs_stay_watched);
	watch(ABI_VFORKSAN_ON);
	assert_int_equal(u_reap(lend(exec_of_the_watched)), 0);
	assert_string_equal(unit_notes(), "x");
}

static void nested_loans_are_each_compared(void)
{
	watch(ABI_VFORKSAN_ON);
	log_start();
	u_reap(lend(middle));
	assert_log_has("wrote 1 bytes at data+0x18: 00 -> 42\n");
	assert_non_null(strstr(strstr(log_text(), "data+0x18:") + 1, "data+0x18:"));
}

static struct process *lender;

static void kill_the_lender(void)
{
	signal_send(lender, ABI_SIGKILL);
	u_sleep(100);
	*data_word(0) = 1;
}

static void lending(void)
{
	lender = process_current();
	lend(kill_the_lender);
	unit_note('!');
}

static void killed_lender_gives_its_copy_back(void)
{
	long pid;

	watch(ABI_VFORKSAN_ON);
	log_start();
	pid = u_start(lending); /* the whole of memory is compared after the test */
	assert_int_equal(u_reap(pid), ABI_SIGKILL);
	assert_true(u_wait(-1, NULL) > 0); /* its borrower, which is ours now */
	assert_string_equal(unit_notes(), "");
}

static void kill_itself(void)
{
	signal_send(process_current(), ABI_SIGKILL);
	u_return();
}

static void killed_borrower_gives_the_copy_back(void)
{
	watch(ABI_VFORKSAN_ON);
	assert_int_equal(u_reap(lend(kill_itself)), ABI_SIGKILL);
}

static void each_failing_allocation_of_a_watched_loan_leaves_no_trace(void)
{
	struct mem_stats before, after;
	bool unwatched = false;
	unsigned n = 0;
	long pid;

	watch(ABI_VFORKSAN_ON);
	do {
		mem_get_stats(&before);
		log_start();
		mem_fail_nth(++n);
		pid = lend(nothing);
		mem_fail_nth(0);
		mem_get_stats(&after);
		if (pid > 0 && strstr(log_text(), "a loan is not watched: no memory")) {
			unwatched = true;
			u_reap(pid);
			pid = -ENOMEM;
		} else if (pid < 0) {
			assert_int_equal(pid, -ENOMEM);
			assert_memory_equal(&before, &after, sizeof before);
		}
	} while (pid < 0);
	assert_true(unwatched);
	u_reap(pid);
}

static void wrong_arguments_are_refused(void)
{
	assert_int_equal(u_call(CALL_VFORKSAN, (uintptr_t)0, (uintptr_t)3), -EINVAL);
	assert_int_equal(u_call(CALL_VFORKSAN, (uintptr_t)0, (uintptr_t)-1), -EINVAL);
	assert_int_equal(u_call(CALL_VFORKSAN, (uintptr_t)999, (uintptr_t)1), -ESRCH);
	assert_int_equal(u_call(CALL_VFORKSAN, (uintptr_t)-1, (uintptr_t)1), -ESRCH);
	assert_int_equal(u_call(1, (uintptr_t)FORK_WATCHED, (uintptr_t)0), -EINVAL);
	watch(ABI_VFORKSAN_ON);
	assert_int_equal(u_call(1, (uintptr_t)FORK_WATCHED, (uintptr_t)0), -EINVAL);
}

static void watch_as_another_user(void)
{
	assert_int_equal(u_call(CALL_SETIDS, (uintptr_t)ABI_ID_USER, (uintptr_t)1000), 0);
	assert_int_equal(u_call(CALL_VFORKSAN, (uintptr_t)1, (uintptr_t)ABI_VFORKSAN_ON), -EPERM);
	assert_int_equal(u_call(CALL_VFORKSAN, (uintptr_t)1, (uintptr_t)ABI_VFORKSAN_QUERY), 0);
	assert_int_equal(u_call(CALL_VFORKSAN, (uintptr_t)0, (uintptr_t)ABI_VFORKSAN_ON), 0);
	unit_note('u');
}

static void processes_of_other_users_are_refused(void)
{
	assert_int_equal(u_reap(u_vfork(watch_as_another_user)), 0);
	assert_string_equal(unit_notes(), "u");
	assert_false(process_current()->watched);
}

static const struct CMUnitTest tests[] = {
	WORLD(sanitizer, innocent_child_is_not_reported),
	WORLD(sanitizer, write_to_data_is_reported_with_both_values),
	WORLD(sanitizer, unwatched_process_is_not_looked_at),
	WORLD(sanitizer, only_frames_above_the_borrowed_one_are_reported),
	WORLD(sanitizer, errno_of_a_failed_call_is_not_reported),
	WORLD(sanitizer, the_word_that_gets_the_pid_is_not_reported),
	WORLD(sanitizer, more_cleared_words_than_can_be_kept_are_reported_at_once),
	WORLD(sanitizer, exit_instead_of__exit_is_reported),
	WORLD(sanitizer, exit_after_the_loan_is_no_crime),
	WORLD(sanitizer, exec_keeps_the_watch),
	WORLD(sanitizer, nested_loans_are_each_compared),
	WORLD(sanitizer, killed_lender_gives_its_copy_back),
	WORLD(sanitizer, killed_borrower_gives_the_copy_back),
	WORLD(sanitizer, each_failing_allocation_of_a_watched_loan_leaves_no_trace),
	WORLD(sanitizer, wrong_arguments_are_refused),
	WORLD(sanitizer, processes_of_other_users_are_refused),
};
UNIT_MAIN(sanitizer, tests)
