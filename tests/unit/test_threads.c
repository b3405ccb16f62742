/*
 * Threads of a process: creation, end, signals, exec, the loan.
 */
#include "world.h"

#include <proc/signal.h>
#include <stdlib.h>
#include <string.h>

static struct abi_thread *thread_spec(void (*entry)(struct trapframe *))
{
	struct abi_thread *spec = u_alloc(sizeof *spec);
	char *stack = u_alloc(256);

	*spec = (struct abi_thread){(uintptr_t)entry, 0x111, ((uintptr_t)stack + 256) & ~(uintptr_t)15, 0x222, ABI_THREAD_INHERIT, 0};
	return spec;
}

static long thread_make(void (*entry)(struct trapframe *))
{
	return u_call(60, thread_spec(entry));
}

static _Noreturn void thread_leave(void)
{
	u_call(61, NULL, 0);
	abort();
}

/* In a process of its own, which takes the threads with it that are left. */
static void run(void (*program)(void))
{
	world_program("program", program);
	assert_int_equal(u_reap(u_spawn("/program")), 0);
}

static int *word;

static void note_and_end(struct trapframe *frame)
{
	assert_int_equal(frame->result, 0x111);
	assert_int_equal(frame->tp, 0x222);
	assert_int_equal(frame->a1, sys_thread_self());
	unit_note((char)('0' + sys_thread_self()));
	u_call(61, word, 42);
}

/* Ends when *word is 42. */
static void join(void)
{
	while (*word != 42)
		u_call(62, word, (uintptr_t)*word, NULL, 0);
}

static void in_thread_starts_with_what_it_was_given_and_ends(void)
{
	word = u_alloc(sizeof *word);
	assert_int_equal(thread_make(note_and_end), 2);
	assert_int_equal(process_thread_count(process_current()), 2);
	join();
	assert_int_equal(process_thread_count(process_current()), 1);
	*word = 0;
	assert_int_equal(thread_make(note_and_end), 2);
	join();
	assert_string_equal(unit_notes(), "22");
}

static void thread_starts_with_what_it_was_given_and_ends(void)
{
	run(in_thread_starts_with_what_it_was_given_and_ends);
}

static void in_every_allocation_may_fail(void)
{
	struct abi_thread *spec = thread_spec(note_and_end);
	unsigned failures = 0;

	word = u_alloc(sizeof *word);
	for (unsigned n = 1;; n++) {
		long tid;

		*word = 0;
		mem_fail_nth(n);
		tid = u_call(60, spec);
		mem_fail_nth(0);
		if (tid > 0)
			break;
		if (tid == -ENOMEM)
			failures++;
	}
	join();
	assert_true(failures >= 4);
}

static void every_allocation_may_fail(void)
{
	run(in_every_allocation_may_fail);
}

static void waits_for_ever(struct trapframe *frame)
{
	(void)frame;
	for (;;)
		u_call(62, word, (uintptr_t)*word, NULL, 0);
}

static void beats(struct trapframe *frame)
{
	(void)frame;
	for (;;) {
		unit_note('b');
		u_sleep(100);
	}
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
	thread_make(waits_for_ever);
	thread_make(pipe_reader);
	thread_make(lender);
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
	thread_make(exit_9);
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
	thread_make(exit_9);
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
		u_call(6, pid, (uintptr_t)sigs[i]);
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
	thread_make(exec_by_other);
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
	thread_make(beats);
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

static void catch(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)info, (void)context;
	unit_note((char)('0' + sys_thread_self()));
	unit_note(sig == ABI_SIGUSR1 ? 'u' : 'v');
}

static void takes_signals(struct trapframe *frame)
{
	(void)frame;
	u_mask(ABI_SIG_SETMASK, SIGNAL_BIT(ABI_SIGUSR2));
	for (;;)
		u_sleep(100000);
}

static void in_signals_go_to_a_thread_that_does_not_block_them(void)
{
	struct process *self = process_current();
	abi_sigset *set = u_alloc(sizeof *set);

	u_action(ABI_SIGUSR1, (uintptr_t)catch, 0);
	u_action(ABI_SIGUSR2, (uintptr_t)catch, 0);
	u_mask(ABI_SIG_SETMASK, SIGNAL_BIT(ABI_SIGUSR1));
	thread_make(takes_signals);
	u_sleep(10);
	signal_send(self, ABI_SIGUSR1);
	u_sleep(10);
	assert_string_equal(unit_notes(), "2u");
	signal_send(self, ABI_SIGUSR2);
	u_sleep(10);
	assert_string_equal(unit_notes(), "1v");
	u_call(66, (uintptr_t)2, (uintptr_t)ABI_SIGUSR2); /* blocked there, and it is nobody else's */
	u_sleep(10);
	assert_string_equal(unit_notes(), "");
	assert_int_equal(u_call(47, set), 0);
	assert_true(*set == 0);
	u_call(66, (uintptr_t)0, (uintptr_t)ABI_SIGUSR1);
	assert_int_equal(u_call(47, set), 0);
	assert_true(*set == SIGNAL_BIT(ABI_SIGUSR1));
	u_mask(ABI_SIG_SETMASK, 0);
	assert_string_equal(unit_notes(), "1u");
	assert_int_equal(u_call(66, (uintptr_t)7, (uintptr_t)0), -ESRCH);
	assert_int_equal(u_call(66, (uintptr_t)2, (uintptr_t)0), 0);
	assert_int_equal(u_call(66, (uintptr_t)2, (uintptr_t)ABI_NSIG), -EINVAL);
}

static void signals_go_to_a_thread_that_does_not_block_them(void)
{
	run(in_signals_go_to_a_thread_that_does_not_block_them);
}

static void blocks_all_then_leaves(struct trapframe *frame)
{
	(void)frame;
	u_sleep(50);
	thread_leave();
}

/* The thread that was to take the signal ends, or blocks it, before it has. */
static void in_a_signal_passes_on_to_another_thread(void)
{
	struct process *self = process_current();

	u_action(ABI_SIGUSR1, (uintptr_t)catch, 0);
	u_mask(ABI_SIG_SETMASK, SIGNAL_BIT(ABI_SIGUSR1));
	thread_make(blocks_all_then_leaves);
	u_sleep(10);
	signal_send(self, ABI_SIGUSR1);
	assert_true(self->signals.pending.set == SIGNAL_BIT(ABI_SIGUSR1));
	u_sleep(100);
	assert_string_equal(unit_notes(), "");
	u_mask(ABI_SIG_SETMASK, 0);
	assert_string_equal(unit_notes(), "1u");
}

static void a_signal_passes_on_to_another_thread(void)
{
	run(in_a_signal_passes_on_to_another_thread);
}

static void beats_under_stop(void)
{
	sys_setpgid(0, 0);
	thread_make(beats);
	beats(NULL);
}

static void stop_and_continue_mean_all_threads(void)
{
	long pid = u_start(beats_under_stop);

	u_sleep(50);
	unit_notes();
	u_call(6, pid, (uintptr_t)ABI_SIGSTOP);
	u_sleep(1000);
	assert_string_equal(unit_notes(), "");
	assert_int_equal(process_state_letter(process_find((int)pid)), 'T');
	u_call(6, pid, (uintptr_t)ABI_SIGCONT);
	u_sleep(150);
	assert_string_equal(unit_notes(), "bbbb"); /* at once, as the sleep was interrupted, and after 100 ticks */
	u_call(6, pid, (uintptr_t)ABI_SIGSTOP);
	u_sleep(10);
	u_call(6, pid, (uintptr_t)ABI_SIGKILL);
	assert_int_equal(u_reap(pid), ABI_SIGKILL);
	unit_notes();
}

static void child_of_a_thread(void)
{
	assert_null(process_current()->threads);
	assert_true(process_current()->signals.first.blocked == SIGNAL_BIT(ABI_SIGUSR2));
	assert_int_equal(sys_thread_self(), 1);
	assert_int_equal(thread_make(beats), -EPERM);
	u_sleep(150);
	unit_note('c');
}

static void lends_with_a_mask(struct trapframe *frame)
{
	(void)frame;
	u_mask(ABI_SIG_SETMASK, SIGNAL_BIT(ABI_SIGUSR2));
	u_reap(u_vfork(child_of_a_thread));
	u_call(61, word, 42);
}

static void in_a_thread_lends_alone_with_what_is_its_own(void)
{
	word = u_alloc(sizeof *word);
	thread_make(beats);
	thread_make(lends_with_a_mask);
	u_sleep(1);
	unit_note('f');
	join();
	assert_string_equal(unit_notes(), "bfbc");
}

static void a_thread_lends_alone_with_what_is_its_own(void)
{
	run(in_a_thread_lends_alone_with_what_is_its_own);
}

static void in_limits_and_bad_arguments(void)
{
	struct abi_thread *spec = u_alloc(sizeof *spec);
	uintptr_t sp = (uintptr_t)u_alloc(64) + 64;
	int *two = u_alloc(2 * sizeof *two);

	sp &= ~(uintptr_t)15;
	*spec = (struct abi_thread){(uintptr_t)beats, 0, sp + 8, 0, -1, 0};
	assert_int_equal(u_call(60, spec), -EINVAL);
	spec->sp = 0;
	assert_int_equal(u_call(60, spec), -EFAULT);
	spec->sp = (process_current()->space->brk & ~(uintptr_t)15) + 16;
	assert_int_equal(u_call(60, spec), -EFAULT);
	spec->sp = sp;
	spec->policy = 5;
	assert_int_equal(u_call(60, spec), -EINVAL);
	assert_null(process_current()->threads);
	two[0] = ABI_SCHED_FIFO;
	two[1] = 3;
	assert_int_equal(u_call(67, (uintptr_t)1, two, NULL), 0);
	two[0] = two[1] = 0;
	assert_int_equal(u_call(67, (uintptr_t)0, NULL, two), 0);
	assert_int_equal(two[0], ABI_SCHED_FIFO);
	assert_int_equal(two[1], 3);
	two[1] = 12;
	assert_int_equal(u_call(67, (uintptr_t)1, two, NULL), -EINVAL);
	assert_int_equal(u_call(67, (uintptr_t)2, NULL, NULL), -ESRCH);
	assert_int_equal(u_call(68, (uintptr_t)2), -ESRCH);
	two[0] = two[1] = 0;
	u_call(67, (uintptr_t)1, two, NULL);
}

static void limits_and_bad_arguments(void)
{
	run(in_limits_and_bad_arguments);
}

static void in_cancel_ends_one_sleep(void)
{
	struct abi_timespec *span = u_alloc(sizeof *span);

	*span = (struct abi_timespec){0, 1000000};
	assert_int_equal(u_call(68, (uintptr_t)0), 0);
	sys_getpid();
	assert_int_equal(u_call(11, span, NULL), -EINTR);
	assert_int_equal(u_call(11, span, NULL), 0);
}

static void cancel_ends_one_sleep(void)
{
	run(in_cancel_ends_one_sleep);
}

static void in_processor_time_is_of_all_threads(void)
{
	struct process *self = process_current();
	ticks_t before;

	word = u_alloc(sizeof *word);
	thread_make(note_and_end);
	join();
	before = process_cpu_time(self);
	host_advance(77);
	assert_int_equal(process_cpu_time(self), before + 77);
	assert_int_equal(process_thread_count(self), 1);
	unit_notes();
}

static void processor_time_is_of_all_threads(void)
{
	run(in_processor_time_is_of_all_threads);
}

static const struct CMUnitTest tests[] = {
	WORLD(threads, thread_starts_with_what_it_was_given_and_ends),
	WORLD(threads, every_allocation_may_fail),
	WORLD(threads, exit_ends_all_threads),
	WORLD(threads, exit_by_another_thread_ends_the_first),
	WORLD(threads, the_first_thread_may_end_before_the_others),
	WORLD(threads, a_fatal_signal_ends_all_threads),
	WORLD(threads, exec_ends_the_others_and_keeps_what_the_caller_had),
	WORLD(threads, exec_keeps_mask_and_pending_signals_of_its_thread),
	WORLD(threads, failed_exec_leaves_all_threads),
	WORLD(threads, signals_go_to_a_thread_that_does_not_block_them),
	WORLD(threads, a_signal_passes_on_to_another_thread),
	WORLD(threads, stop_and_continue_mean_all_threads),
	WORLD(threads, a_thread_lends_alone_with_what_is_its_own),
	WORLD(threads, limits_and_bad_arguments),
	WORLD(threads, cancel_ends_one_sleep),
	WORLD(threads, processor_time_is_of_all_threads),
};
UNIT_MAIN(threads, tests)
