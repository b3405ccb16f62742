/*
 * Threads of a process: creation and its limits, signals, the loan, cancellation, processor time.
 */
#include "threading.h"

#include <proc/signal.h>

static struct abi_thread *thread_spec(void (*entry)(struct trapframe *))
{
	struct abi_thread *spec = u_alloc(sizeof *spec);
	char *stack = u_alloc(256);

	*spec = (struct abi_thread){(uintptr_t)entry, 0x111, ((uintptr_t)stack + 256) & ~(uintptr_t)15, 0x222, ABI_THREAD_INHERIT, 0};
	return spec;
}

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
	assert_int_equal(u_call(60, thread_spec(note_and_end)), 2);
	assert_int_equal(process_thread_count(process_current()), 2);
	join();
	assert_int_equal(process_thread_count(process_current()), 1);
	*word = 0;
	assert_int_equal(u_call(60, thread_spec(note_and_end)), 2);
	join();
	assert_string_equal(unit_notes(), "22");
}

static void thread_starts_with_what_it_was_given_and_ends(void)
{
	u_run(in_thread_starts_with_what_it_was_given_and_ends);
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
	u_run(in_every_allocation_may_fail);
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
	thread_make(takes_signals, 0);
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
	u_run(in_signals_go_to_a_thread_that_does_not_block_them);
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
	thread_make(blocks_all_then_leaves, 0);
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
	u_run(in_a_signal_passes_on_to_another_thread);
}

static void beats_under_stop(void)
{
	sys_setpgid(0, 0);
	thread_make(beats, 0);
	beats(NULL);
}

static void stop_and_continue_mean_all_threads(void)
{
	long pid = u_start(beats_under_stop);

	u_sleep(50);
	unit_notes();
	u_kill(pid, ABI_SIGSTOP);
	u_sleep(1000);
	assert_string_equal(unit_notes(), "");
	assert_int_equal(process_state_letter(process_find((int)pid)), 'T');
	u_kill(pid, ABI_SIGCONT);
	u_sleep(150);
	assert_string_equal(unit_notes(), "bbbb"); /* at once, as the sleep was interrupted, and after 100 ticks */
	u_kill(pid, ABI_SIGSTOP);
	u_sleep(10);
	u_kill(pid, ABI_SIGKILL);
	assert_int_equal(u_reap(pid), ABI_SIGKILL);
	unit_notes();
}

static void child_of_a_thread(void)
{
	assert_null(process_current()->threads);
	assert_true(process_current()->signals.first.blocked == SIGNAL_BIT(ABI_SIGUSR2));
	assert_int_equal(sys_thread_self(), 1);
	assert_int_equal(thread_make(beats, 0), -EPERM);
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
	thread_make(beats, 0);
	thread_make(lends_with_a_mask, 0);
	u_sleep(1);
	unit_note('f');
	join();
	assert_string_equal(unit_notes(), "bfbc");
}

static void a_thread_lends_alone_with_what_is_its_own(void)
{
	u_run(in_a_thread_lends_alone_with_what_is_its_own);
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
	u_run(in_limits_and_bad_arguments);
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
	u_run(in_cancel_ends_one_sleep);
}

static void in_processor_time_is_of_all_threads(void)
{
	struct process *self = process_current();
	ticks_t before;

	word = u_alloc(sizeof *word);
	u_call(60, thread_spec(note_and_end));
	join();
	before = process_cpu_time(self);
	host_advance(77);
	assert_int_equal(process_cpu_time(self), before + 77);
	assert_int_equal(process_thread_count(self), 1);
	unit_notes();
}

static void processor_time_is_of_all_threads(void)
{
	u_run(in_processor_time_is_of_all_threads);
}

static const struct CMUnitTest tests[] = {
	WORLD(threads, thread_starts_with_what_it_was_given_and_ends),
	WORLD(threads, every_allocation_may_fail),
	WORLD(threads, signals_go_to_a_thread_that_does_not_block_them),
	WORLD(threads, a_signal_passes_on_to_another_thread),
	WORLD(threads, stop_and_continue_mean_all_threads),
	WORLD(threads, a_thread_lends_alone_with_what_is_its_own),
	WORLD(threads, limits_and_bad_arguments),
	WORLD(threads, cancel_ends_one_sleep),
	WORLD(threads, processor_time_is_of_all_threads),
};
UNIT_MAIN(threads, tests)
