/*
 * The vfork sanitizer, and the guard that ends a child which left its borrowed frame. A child is a C function; the frame that it borrows is
 * some words of the arena, of which the topmost is the return address.
 */
#include "world.h"

#include <proc/signal.h>
#include <stdlib.h>
#include <string.h>

#define CALL_VFORKSAN 72
#define CALL_SETIDS 74
#define CALL_GETPPID 5
#define CALL_ACCESS 33

static struct space *space(void)
{
	return process_current()->space;
}

static uint32_t *data_word(unsigned i)
{
	return (uint32_t *)space()->data + i;
}

/* Data are cleared: what a test writes is what differs. */
static void watch(int mode)
{
	memset(data_word(0), 0, 64);
	u_call(CALL_VFORKSAN, (uintptr_t)0, (uintptr_t)mode);
}

/* Runs `child` on a frame in the stack. */
static long lend(void (*child)(void))
{
	uintptr_t end = space()->base + 64;

	thread_current()->frame->sp = end - 32;
	return u_vfork_from(end, child);
}

/* What the log got, from here to log_text(). */
static size_t log_from;
static char log_copy[8192];

static size_t log_size(void)
{
	return klog_read(log_copy, sizeof log_copy - 1, 0);
}

static void log_start(void)
{
	log_from = log_size();
}

static const char *log_text(void)
{
	log_copy[log_size()] = '\0';
	return log_copy + log_from;
}

static void assert_log_has(const char *text)
{
	if (!strstr(log_text(), text))
		fail_msg("no '%s' in: %s", text, log_text());
}

static void nothing(void)
{
}

static void ask(void)
{
	u_call(CALL_GETPPID);
}

static void innocent_child_is_not_reported(void)
{
	watch(ABI_VFORKSAN_ON);
	log_start();
	assert_int_equal(u_reap(lend(ask)), 0);
	u_call(CALL_GETPPID);
	assert_string_equal(log_text(), "");
}

static void write_data(void)
{
	*data_word(1) = 42;
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

static void innermost(void)
{
	*data_word(6) = 66;
}

static void middle(void)
{
	u_reap(lend(innermost));
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

/* Threads. */

static uint32_t *word, *other;

static _Noreturn void leave(void)
{
	u_call(61, NULL, (uintptr_t)0);
	abort();
}

static long futex_wait(uint32_t *at, uint32_t value)
{
	return u_call(62, at, (uintptr_t)value, NULL, (uintptr_t)0);
}

static long lock_pi(uint32_t *at)
{
	return u_call(64, at, NULL, (uintptr_t)0);
}

/* A thread that runs before its creator goes on. */
static long thread_make(void (*entry)(struct trapframe *))
{
	struct abi_thread *spec = u_alloc(sizeof *spec);
	char *stack = u_alloc(256);

	*spec = (struct abi_thread){(uintptr_t)entry, 0, ((uintptr_t)stack + 256) & ~(uintptr_t)15, 0, ABI_SCHED_FIFO, 5};
	return u_call(60, spec);
}

/* `program` as a process of its own, watched, which takes its threads with it. */
static void run_watched(void (*program)(void))
{
	world_program("threads", program);
	watch(ABI_VFORKSAN_ON);
	assert_int_equal(u_reap(u_spawn("/threads")), 0);
}

static void words_make(void)
{
	word = u_alloc(sizeof *word);
	other = u_alloc(sizeof *other);
	*word = *other = 0;
	log_start();
}

/* "heap+0x10" of a word in the heap. */
static void assert_log_names(const char *reason, const uint32_t *at)
{
	char expected[96];

	kformat(expected, sizeof expected, "%sheap+0x%lx\n", reason, (unsigned long)((uintptr_t)at - space()->bss_end));
	assert_log_has("a child misused its loan; vfork was called in ");
	assert_log_has("the child waits in ");
	assert_log_has(expected);
}

static void sleeps_on_other(struct trapframe *frame)
{
	(void)frame;
	for (;;)
		futex_wait(other, *other);
}

static void runs_later(struct trapframe *frame)
{
	(void)frame;
	for (;;)
		u_sleep(100);
}

/* Wakes the word again and again, whoever waits. */
static void wakes(struct trapframe *frame)
{
	(void)frame;
	for (;;) {
		u_sleep(20);
		u_call(63, word, (uintptr_t)9);
	}
}

static void waits_once(void)
{
	assert_int_equal(futex_wait(word, *word), 0);
}

static void waits_for_another_value(void)
{
	assert_int_equal(futex_wait(word, *word + 1), -EAGAIN);
	assert_int_equal(futex_wait((uint32_t *)((uintptr_t)word + 1), 0), -EFAULT);
	assert_int_equal(futex_wait((uint32_t *)8, 0), -EFAULT);
}

static void in_lock_of_a_thread(void)
{
	words_make();
	assert_int_equal(thread_make(wakes), 2);
	*word = 2 | ABI_FUTEX_WAITERS;
	u_reap(lend(waits_for_another_value));
	assert_string_equal(log_text(), "");
	u_reap(lend(waits_once));
	assert_log_names("... for thread 2's ", word);
	log_start();
	*word = 1 | ABI_FUTEX_WAITERS; /* ours, or the child's */
	u_reap(lend(waits_once));
	assert_log_names("... for thread 1's ", word);
}

static void child_that_waits_for_a_threads_lock_is_reported(void)
{
	run_watched(in_lock_of_a_thread);
}

static void innermost_waits(void)
{
	u_reap(lend(waits_once));
}

static void in_nested_lock(void)
{
	words_make();
	thread_make(wakes);
	*word = 2 | ABI_FUTEX_WAITERS;
	u_reap(lend(innermost_waits));
	assert_log_names("... for thread 2's ", word);
}

static void child_of_a_child_that_waits_for_a_threads_lock_is_reported(void)
{
	run_watched(in_nested_lock);
}

static void wants_the_word(void)
{
	long result = lock_pi(word);

	unit_note(result == -EPERM ? 'p' : result == 0 ? '0' : '?');
}

static void in_lock_with_inheritance(void)
{
	words_make();
	thread_make(runs_later);
	u_reap(lend(wants_the_word));
	*word = 3;
	u_reap(lend(wants_the_word));
	*word = 3 | ABI_FUTEX_WAITERS;
	u_reap(lend(wants_the_word));
	assert_string_equal(log_text(), "");
	*word = 2;
	u_reap(lend(wants_the_word));
	assert_log_names("... for thread 2's ", word);
	log_start();
	*word = 1 | ABI_FUTEX_WAITERS;
	u_reap(lend(wants_the_word));
	assert_log_names("... for thread 1's ", word);
}

static void child_that_wants_a_threads_pi_lock_is_reported(void)
{
	run_watched(in_lock_with_inheritance);
	assert_string_equal(unit_notes(), "0pppp");
}

static void locks_other(struct trapframe *frame)
{
	(void)frame;
	lock_pi(other);
	leave();
}

static void in_waited_for(void)
{
	words_make();
	thread_make(wakes);
	*other = 1;
	assert_int_equal(thread_make(locks_other), 3);
	*word = 5;
	u_reap(lend(ask));
	u_reap(lend(waits_for_another_value));
	*word = 0;
	u_reap(lend(wants_the_word)); /* has it at once */
	assert_string_equal(log_text(), "");
	u_reap(lend(waits_once));
	assert_log_names("... and thread 3 for its lender: ", word);
}

static void child_that_waits_while_a_thread_waits_for_its_lender_is_reported(void)
{
	run_watched(in_waited_for);
}

static struct process *stuck;

static void wait_until_killed(void)
{
	stuck = process_current();
	futex_wait(word, 0);
}

static void in_nobody_left(void)
{
	words_make();
	thread_make(sleeps_on_other);
	lend(wait_until_killed);
	unit_note('e');
}

/* `program` has a child that waits; ends the wait from outside. */
static void run_stuck(void (*program)(void), bool reported)
{
	long pid;

	watch(ABI_VFORKSAN_ON);
	pid = u_start(program);
	u_sleep(100);
	if (reported)
		assert_log_has("... and nobody can wake it: heap+0x");
	else
		assert_string_equal(log_text(), "");
	signal_send(stuck, ABI_SIGKILL);
	u_reap(pid);
	while (u_wait(-1, NULL) > 0)
		;
	assert_string_equal(unit_notes(), "e");
}

static void child_that_nobody_can_wake_is_reported(void)
{
	run_stuck(in_nobody_left, true);
}

static void in_another_thread_runs(void)
{
	words_make();
	thread_make(sleeps_on_other);
	thread_make(runs_later);
	lend(wait_until_killed);
	unit_note('e');
}

static void child_that_a_running_thread_may_wake_is_not_reported(void)
{
	run_stuck(in_another_thread_runs, false);
}

static void wakes_word(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)sig, (void)info, (void)context;
	u_call(63, word, (uintptr_t)9);
}

static void in_handler(void)
{
	words_make();
	u_action(ABI_SIGUSR1, (uintptr_t)wakes_word, 0);
	thread_make(sleeps_on_other);
	lend(wait_until_killed);
	unit_note('e');
}

static void child_that_a_handler_may_wake_is_not_reported(void)
{
	run_stuck(in_handler, false);
}

static void waits_a_while(void)
{
	struct abi_timespec *deadline = (struct abi_timespec *)data_word(4);

	assert_int_equal(u_call(9, (uintptr_t)ABI_CLOCK_MONOTONIC, deadline), 0);
	deadline->tv_nsec += 1000;
	assert_int_equal(u_call(62, word, (uintptr_t)0, deadline, (uintptr_t)ABI_CLOCK_MONOTONIC), -ETIMEDOUT);
}

static void sleeps_on_other_a_while(struct trapframe *frame)
{
	struct abi_timespec *deadline = u_alloc(sizeof *deadline);

	(void)frame;
	u_call(9, (uintptr_t)ABI_CLOCK_MONOTONIC, deadline);
	deadline->tv_sec += 1;
	u_call(62, other, (uintptr_t)0, deadline, (uintptr_t)ABI_CLOCK_MONOTONIC);
	for (;;)
		u_call(63, word, (uintptr_t)9), u_sleep(100);
}

static void in_deadlines(void)
{
	words_make();
	thread_make(sleeps_on_other);
	u_reap(lend(waits_a_while));
	thread_make(sleeps_on_other_a_while);
	u_reap(lend(waits_once));
	assert_string_equal(log_text(), "");
}

static void waits_with_an_end_are_not_reported(void)
{
	run_watched(in_deadlines);
}

static void in_threads_write(void)
{
	words_make();
	thread_make(runs_later);
	u_reap(lend(write_data));
	u_reap(lend(middle));
	assert_string_equal(log_text(), "");
	assert_int_equal(*data_word(1), 42);
	assert_int_equal(*data_word(6), 66);
}

static void memory_that_threads_share_is_not_compared(void)
{
	run_watched(in_threads_write);
}

static void note_guard(struct trapframe *frame)
{
	unit_note(frame->guard.calls == 0 && frame->guard.limit == 0 ? 'w' : 'n');
	u_sleep(10);
	u_call(CALL_GETPPID);
	unit_note(frame->guard.calls == 0 ? 'w' : frame->guard.calls == SYSCALL_SLOTS ? 'n' : '?');
	leave();
}

static void in_switched(void)
{
	thread_make(note_guard);
	u_call(CALL_VFORKSAN, (uintptr_t)0, (uintptr_t)ABI_VFORKSAN_ON);
	u_sleep(50);
	thread_make(note_guard);
	u_call(CALL_VFORKSAN, (uintptr_t)0, (uintptr_t)ABI_VFORKSAN_OFF);
	u_sleep(50);
	thread_make(note_guard);
	u_sleep(50);
}

static void threads_are_watched_with_their_process(void)
{
	world_program("threads", in_switched);
	assert_int_equal(u_reap(u_spawn("/threads")), 0);
	assert_string_equal(unit_notes(), "nwwnnn");
}

static void leave_the_frame(void)
{
	thread_current()->frame->sp = thread_current()->frame->guard.end;
	u_call(CALL_GETPPID);
	unit_note('!');
}

static void call_from_above(void)
{
	((uintptr_t *)thread_current()->frame->guard.end)[-1] += 2; /* another return address */
	u_call(CALL_GETPPID);
	unit_note('!');
}

static void child_above_its_frame_ends_before_its_call(void)
{
	log_start();
	assert_int_equal(u_reap(lend(leave_the_frame)), ABI_SIGKILL);
	assert_string_equal(unit_notes(), "");
	assert_log_has("the child returned from the function that called vfork\n");
}

static void child_that_called_on_from_above_ends_before_its_call(void)
{
	assert_int_equal(u_reap(lend(call_from_above)), ABI_SIGKILL);
	assert_string_equal(unit_notes(), "");
}

static void without_a_known_frame_the_stack_pointer_counts(void)
{
	thread_current()->frame->sp = space()->base + 32;
	assert_int_equal(u_reap(u_vfork(leave_the_frame)), ABI_SIGKILL);
	assert_int_equal(u_reap(u_vfork(ask)), 0);
}

static void use_another_stack(void)
{
	thread_current()->frame->sp = space()->data + 32;
	u_call(CALL_GETPPID);
	unit_note('o');
}

static void stack_of_its_own_is_allowed(void)
{
	assert_int_equal(u_reap(lend(use_another_stack)), 0);
	assert_string_equal(unit_notes(), "o");
}

static void frames_that_cannot_be_are_not_believed(void)
{
	static const uintptr_t wrong[] = {1, 3, (uintptr_t)-1, (uintptr_t)-8, 8, 0x1000};

	for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_int_equal(u_reap(u_vfork_from(wrong[i], ask)), 0);
	assert_int_equal(u_reap(u_vfork_from(space()->brk + sizeof(uintptr_t), ask)), 0);
}

static void exec_takes_the_guard_off(void)
{
	assert_int_equal(thread_current()->frame->guard.calls, SYSCALL_SLOTS);
}

static void exec_unguarded(void)
{
	assert_int_equal(thread_current()->frame->guard.calls, 0);
	u_execve(u_string("/free"), NULL, NULL);
	u_exit(1);
}

static void only_borrowers_are_guarded(void)
{
	world_program("free", exec_takes_the_guard_off);
	assert_int_equal(u_reap(u_vfork(exec_unguarded)), 0);
	exec_takes_the_guard_off();
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
	WORLD(sanitizer, child_that_waits_for_a_threads_lock_is_reported),
	WORLD(sanitizer, child_of_a_child_that_waits_for_a_threads_lock_is_reported),
	WORLD(sanitizer, child_that_wants_a_threads_pi_lock_is_reported),
	WORLD(sanitizer, child_that_waits_while_a_thread_waits_for_its_lender_is_reported),
	WORLD(sanitizer, child_that_nobody_can_wake_is_reported),
	WORLD(sanitizer, child_that_a_running_thread_may_wake_is_not_reported),
	WORLD(sanitizer, child_that_a_handler_may_wake_is_not_reported),
	WORLD(sanitizer, waits_with_an_end_are_not_reported),
	WORLD(sanitizer, memory_that_threads_share_is_not_compared),
	WORLD(sanitizer, threads_are_watched_with_their_process),
	WORLD(sanitizer, wrong_arguments_are_refused),
	WORLD(sanitizer, processes_of_other_users_are_refused),
	WORLD(sanitizer, child_above_its_frame_ends_before_its_call),
	WORLD(sanitizer, child_that_called_on_from_above_ends_before_its_call),
	WORLD(sanitizer, without_a_known_frame_the_stack_pointer_counts),
	WORLD(sanitizer, stack_of_its_own_is_allowed),
	WORLD(sanitizer, frames_that_cannot_be_are_not_believed),
	WORLD(sanitizer, only_borrowers_are_guarded),
};

UNIT_MAIN(sanitizer, tests)
