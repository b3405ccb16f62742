/*
 * The vfork sanitizer and threads: children that wait for what no thread will ever give them, and what is not watched beside threads.
 */
#include "sanitizing.h"
#include "threading.h"

#include <proc/signal.h>

/* `program` as a process of its own, watched, which takes its threads with it. */
static void run_watched(void (*program)(void))
{
	world_program("threads", program);
	watch(ABI_VFORKSAN_ON);
	assert_int_equal(u_reap(u_spawn("/threads")), 0);
}

/* "heap+0x10" of a word in the heap. */
static void assert_log_names(const char *reason, const int *at)
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
		wait_while(other, *other);
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
		wake(word, 9);
	}
}

static void waits_once(void)
{
	assert_int_equal(wait_while(word, *word), 0);
}

static void waits_for_another_value(void)
{
	assert_int_equal(wait_while(word, *word + 1), -EAGAIN);
	assert_int_equal(wait_while((int *)((uintptr_t)word + 1), 0), -EFAULT);
	assert_int_equal(wait_while((int *)8, 0), -EFAULT);
}

static void in_lock_of_a_thread(void)
{
	words_make();
	log_start();
	assert_int_equal(thread_make(wakes, 5), 2);
	*word = WAITED(2);
	u_reap(lend(waits_for_another_value));
	assert_string_equal(log_text(), "");
	u_reap(lend(waits_once));
	assert_log_names("... for thread 2's ", word);
	log_start();
	*word = WAITED(1); /* ours, or the child's */
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
	log_start();
	thread_make(wakes, 5);
	*word = WAITED(2);
	u_reap(lend(innermost_waits));
	assert_log_names("... for thread 2's ", word);
}

static void child_of_a_child_that_waits_for_a_threads_lock_is_reported(void)
{
	run_watched(in_nested_lock);
}

static void wants_the_word(void)
{
	long result = lock(word);

	unit_note(result == -EPERM ? 'p' : result == 0 ? '0' : '?');
}

static void in_lock_with_inheritance(void)
{
	words_make();
	log_start();
	thread_make(runs_later, 5);
	u_reap(lend(wants_the_word));
	*word = 3;
	u_reap(lend(wants_the_word));
	*word = WAITED(3);
	u_reap(lend(wants_the_word));
	assert_string_equal(log_text(), "");
	*word = 2;
	u_reap(lend(wants_the_word));
	assert_log_names("... for thread 2's ", word);
	log_start();
	*word = WAITED(1);
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
	lock(other);
	thread_leave();
}

static void in_waited_for(void)
{
	words_make();
	log_start();
	thread_make(wakes, 5);
	*other = 1;
	assert_int_equal(thread_make(locks_other, 5), 3);
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
	wait_while(word, 0);
}

static void in_nobody_left(void)
{
	words_make();
	log_start();
	thread_make(sleeps_on_other, 5);
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
	log_start();
	thread_make(sleeps_on_other, 5);
	thread_make(runs_later, 5);
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
	wake(word, 9);
}

static void in_handler(void)
{
	words_make();
	log_start();
	u_action(ABI_SIGUSR1, (uintptr_t)wakes_word, 0);
	thread_make(sleeps_on_other, 5);
	lend(wait_until_killed);
	unit_note('e');
}

static void child_that_a_handler_may_wake_is_not_reported(void)
{
	run_stuck(in_handler, false);
}

static void waits_a_while(void)
{
	struct abi_timespec *until = (struct abi_timespec *)data_word(4);

	assert_int_equal(u_call(9, (uintptr_t)ABI_CLOCK_MONOTONIC, until), 0);
	until->tv_nsec += 1000;
	assert_int_equal(u_call(62, word, (uintptr_t)0, until, (uintptr_t)ABI_CLOCK_MONOTONIC), -ETIMEDOUT);
}

static void sleeps_on_other_a_while(struct trapframe *frame)
{
	struct abi_timespec *until = u_alloc(sizeof *until);

	(void)frame;
	u_call(9, (uintptr_t)ABI_CLOCK_MONOTONIC, until);
	until->tv_sec += 1;
	u_call(62, other, (uintptr_t)0, until, (uintptr_t)ABI_CLOCK_MONOTONIC);
	for (;;)
		wake(word, 9), u_sleep(100);
}

static void in_deadlines(void)
{
	words_make();
	log_start();
	thread_make(sleeps_on_other, 5);
	u_reap(lend(waits_a_while));
	thread_make(sleeps_on_other_a_while, 5);
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
	log_start();
	thread_make(runs_later, 5);
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
	thread_leave();
}

static void in_switched(void)
{
	thread_make(note_guard, 5);
	u_call(CALL_VFORKSAN, (uintptr_t)0, (uintptr_t)ABI_VFORKSAN_ON);
	u_sleep(50);
	thread_make(note_guard, 5);
	u_call(CALL_VFORKSAN, (uintptr_t)0, (uintptr_t)ABI_VFORKSAN_OFF);
	u_sleep(50);
	thread_make(note_guard, 5);
	u_sleep(50);
}

static void threads_are_watched_with_their_process(void)
{
	world_program("threads", in_switched);
	assert_int_equal(u_reap(u_spawn("/threads")), 0);
	assert_string_equal(unit_notes(), "nwwnnn");
}

static const struct CMUnitTest tests[] = {
	WORLD(sanitizer_threads, child_that_waits_for_a_threads_lock_is_reported),
	WORLD(sanitizer_threads, child_of_a_child_that_waits_for_a_threads_lock_is_reported),
	WORLD(sanitizer_threads, child_that_wants_a_threads_pi_lock_is_reported),
	WORLD(sanitizer_threads, child_that_waits_while_a_thread_waits_for_its_lender_is_reported),
	WORLD(sanitizer_threads, child_that_nobody_can_wake_is_reported),
	WORLD(sanitizer_threads, child_that_a_running_thread_may_wake_is_not_reported),
	WORLD(sanitizer_threads, child_that_a_handler_may_wake_is_not_reported),
	WORLD(sanitizer_threads, waits_with_an_end_are_not_reported),
	WORLD(sanitizer_threads, memory_that_threads_share_is_not_compared),
	WORLD(sanitizer_threads, threads_are_watched_with_their_process),
};
UNIT_MAIN(sanitizer_threads, tests)
