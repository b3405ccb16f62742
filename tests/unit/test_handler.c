/*
 * Handlers: the frame they get, the way back, faults, and which calls go on.
 */
#include "handling.h"

#include <kernel/klog.h>
#include <kernel/trap.h>
#include <proc/signal.h>
#include <string.h>

static void frame_is_whole(void)
{
	struct trapframe *frame = thread_current()->frame, before;
	uintptr_t sp = frame->sp;

	act_with_mask(
		ABI_SIGUSR1, look, ABI_SA_SIGINFO, SIGNAL_BIT(40) | SIGNAL_BIT(ABI_SIGKILL) | SIGNAL_BIT(ABI_SIGSTOP));
	u_mask(ABI_SIG_SETMASK, SIGNAL_BIT(ABI_SIGHUP));
	before = *frame;
	assert_int_equal(u_call(50, (uintptr_t)sys_getpid(), (uintptr_t)ABI_SIGUSR1, (uintptr_t)0x1234567), 0);
	assert_int_equal(seen.count, 1);
	assert_int_equal(seen.info.si_code, ABI_SI_QUEUE);
	assert_int_equal(seen.info.si_pid, sys_getpid());
	assert_int_equal(seen.info.si_value, 0x1234567);
	assert_true(seen.context.uc_sigmask == SIGNAL_BIT(ABI_SIGHUP));
	assert_true(seen.blocked == (SIGNAL_BIT(ABI_SIGHUP) | SIGNAL_BIT(40) | SIGNAL_BIT(ABI_SIGUSR1)));
	assert_true(blocked() == SIGNAL_BIT(ABI_SIGHUP));
	/* the frame of the handler: aligned, below the stack pointer, nearest to it */
	assert_int_equal(seen.frame.sp % 16, 0);
	assert_ptr_equal(seen.frame.sp, seen.at);
	assert_in_range(
		sp - seen.at, sizeof seen.info + sizeof seen.context, sizeof seen.info + sizeof seen.context + 15);
	assert_int_equal(seen.frame.result, ABI_SIGUSR1);
	assert_int_equal(seen.frame.a1, seen.at);
	assert_int_equal(seen.frame.a2, seen.at + sizeof seen.info);
	assert_int_equal(seen.frame.back, 0x5e70);
	/* the registers in it: as they were, the result of the call among them */
	assert_int_equal(seen.context.uc_regs[0], before.pc + HOST_CALL_SIZE);
	assert_int_equal(seen.context.uc_regs[1], before.sp);
	assert_int_equal(seen.context.uc_regs[2], before.gp);
	assert_int_equal(seen.context.uc_regs[3], 0);
	assert_int_equal(seen.context.uc_stack.ss_size, 0);
	assert_int_equal(frame->sp, before.sp);
	assert_int_equal(frame->gp, before.gp);
}

static void handler_gets_the_whole_frame(void)
{
	u_lend(frame_is_whole);
}

static void change_the_context(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)sig, (void)info;
	context->uc_regs[3] = 777; /* the result */
	context->uc_regs[2] = 0x9999;
	context->uc_sigmask = ~(abi_sigset)0;
}

static void return_elsewhere(void)
{
	act_with_mask(ABI_SIGUSR1, change_the_context, 0, 0);
	assert_int_equal(u_call(6, (uintptr_t)sys_getpid(), (uintptr_t)ABI_SIGUSR1), 777);
	assert_int_equal(thread_current()->frame->gp, 0x9999);
	assert_true(blocked() == ~(SIGNAL_BIT(ABI_SIGKILL) | SIGNAL_BIT(ABI_SIGSTOP)));
}

static void sigreturn_takes_what_the_handler_changed(void)
{
	u_lend(return_elsewhere);
}

static void sigreturn_of_bad_memory(void)
{
	uintptr_t brk = process_current()->space->brk;

	assert_int_equal(u_call(51, (uintptr_t)8), -EFAULT);
	assert_int_equal(u_call(51, brk - sizeof(struct abi_ucontext) + 16), -EFAULT);
}

static void sigreturn_checks_its_pointer(void)
{
	u_lend(sigreturn_of_bad_memory);
}

static void several(void)
{
	for (int sig = ABI_SIGRTMIN; sig < ABI_SIGRTMIN + 4; sig++)
		act_with_mask(sig, note_number, 0, 0);
	u_mask(ABI_SIG_SETMASK, ~(abi_sigset)0);
	raise_signal(ABI_SIGRTMIN + 2);
	raise_signal(ABI_SIGRTMIN + 0);
	raise_signal(ABI_SIGRTMIN + 3);
	raise_signal(ABI_SIGRTMIN + 0);
	u_mask(ABI_SIG_SETMASK, 0);
	assert_true(process_current()->signals.pending.set == 0);
	assert_true(blocked() == 0);
}

/* Frames are stacked lowest number first, so that the highest of different signals runs first. */
static void waiting_signals_all_arrive(void)
{
	u_lend(several);
	assert_string_equal(unit_notes(), "dcaa");
}

static void raise_inside(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)info, (void)context;
	unit_note('(');
	if (++seen.count < 3)
		raise_signal(sig);
	unit_note(')');
}

static void raise_once(uint32_t flags)
{
	seen.count = 0;
	act_with_mask(ABI_SIGUSR1, raise_inside, flags, 0);
	raise_signal(ABI_SIGUSR1);
}

static void defer_and_not(void)
{
	raise_once(0);
	assert_string_equal(unit_notes(), "()()()");
	raise_once(ABI_SA_NODEFER);
	assert_string_equal(unit_notes(), "((()))");
	assert_true(blocked() == 0);
}

static void own_signal_waits_unless_nodefer(void)
{
	u_lend(defer_and_not);
}

static void raise_twice(void)
{
	act_with_mask(ABI_SIGUSR1, look, ABI_SA_RESETHAND, 0);
	raise_signal(ABI_SIGUSR1);
	unit_note((char)('0' + seen.count));
	assert_int_equal(u_action(ABI_SIGUSR1, ABI_SIG_DFL, 0), ABI_SIG_DFL);
	raise_signal(ABI_SIGUSR1);
	unit_note('!');
}

static void resethand_runs_once(void)
{
	assert_int_equal(u_reap(u_vfork(raise_twice)), ABI_SIGUSR1);
	assert_string_equal(unit_notes(), "1");
}

static void fault_in_handler(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)context;
	assert_int_equal(info->si_code, ABI_SEGV_ACCERR);
	assert_int_equal(info->si_addr, 0xbad0);
	unit_note('f');
	if (++seen.count == 2)
		trap_fault(sig, thread_current()->frame, 5, 0xbad1);
}

/* As the trap path: the fault, then the way back, where the handler is. */
static void fault(void)
{
	struct trapframe *frame = thread_current()->frame;
	uintptr_t home = frame->pc;

	trap_fault(ABI_SIGSEGV, frame, 5, 0xbad0);
	((u_handler)frame->pc)((int)frame->result, (struct abi_siginfo *)frame->a1, (struct abi_ucontext *)frame->a2);
	user_return_call(frame, sys_sigreturn((struct abi_ucontext *)frame->a2));
	assert_int_equal(frame->pc, home); /* the same instruction again */
}

static void catch_faults(void)
{
	act_with_mask(ABI_SIGSEGV, fault_in_handler, 0, 0);
	fault();
	unit_note('r');
	fault();
	unit_note('!');
}

static void faults_are_caught_but_not_in_their_handler(void)
{
	assert_int_equal(u_reap(u_vfork(catch_faults)), ABI_SIGSEGV);
	assert_string_equal(unit_notes(), "frf");
}

static void block_and_fault(void)
{
	act_with_mask(ABI_SIGSEGV, look, 0, 0);
	u_mask(ABI_SIG_BLOCK, SIGNAL_BIT(ABI_SIGSEGV));
	trap_fault(ABI_SIGSEGV, thread_current()->frame, 5, 0);
	unit_note('!');
}

static void blocked_fault_kills(void)
{
	assert_int_equal(u_reap(u_vfork(block_and_fault)), ABI_SIGSEGV);
	assert_string_equal(unit_notes(), "");
}

static void stack_is_gone(void)
{
	act_with_mask(ABI_SIGUSR1, look, 0, 0);
	thread_current()->frame->sp = process_current()->space->base + 100;
	raise_signal(ABI_SIGUSR1);
	unit_note('!');
}

static void no_room_for_the_frame_is_segv(void)
{
	assert_int_equal(u_reap(u_vfork(stack_is_gone)), ABI_SIGSEGV);
	assert_string_equal(unit_notes(), "");
	assert_non_null(strstr(host_console(), "signal 11"));
}

/* A pipe that stays empty: reading from it is a call that starts again. */
static void read_and_be_interrupted(uint32_t flags)
{
	int *fds = u_alloc(2 * sizeof *fds);
	char *byte = u_alloc(16);
	long result;

	assert_int_equal(u_call(29, fds, (uintptr_t)0), 0);
	act_with_mask(ABI_SIGUSR1, note_number, flags, 0);
	unit_note('<');
	result = u_call(22, (uintptr_t)fds[0], byte, (uintptr_t)1);
	unit_note(result == -EINTR ? 'I' : '?');
}

static void read_plain(void)
{
	read_and_be_interrupted(0);
}

static void read_restart(void)
{
	read_and_be_interrupted(ABI_SA_RESTART);
}

static void calls_end_with_eintr_or_start_again(void)
{
	char usr1[2] = {(char)('a' + ABI_SIGUSR1 - ABI_SIGRTMIN), 0}, text[8];
	long pid = u_start(read_plain);

	u_kill(pid, ABI_SIGCONT); /* no handler: goes on */
	u_sleep(10);
	assert_string_equal(unit_notes(), "<");
	u_kill(pid, ABI_SIGUSR1);
	assert_int_equal(u_reap(pid), 0);
	kformat(text, sizeof text, "%sI", usr1);
	assert_string_equal(unit_notes(), text);
	pid = u_start(read_restart);
	u_kill(pid, ABI_SIGUSR1);
	u_sleep(10);
	kformat(text, sizeof text, "<%s", usr1);
	assert_string_equal(unit_notes(), text);
	u_kill(pid, ABI_SIGUSR1);
	u_sleep(10);
	assert_string_equal(unit_notes(), usr1);
	u_kill(pid, ABI_SIGTERM);
	assert_int_equal(u_reap(pid), ABI_SIGTERM);
}

static void nap(void)
{
	struct abi_timespec *span = u_alloc(2 * sizeof *span);

	act_with_mask(ABI_SIGUSR1, look, ABI_SA_RESTART, 0);
	span[0] = (struct abi_timespec){1, 0};
	assert_int_equal(u_call(11, span, span + 1), -EINTR);
	assert_int_equal(seen.count, 1);
	assert_int_equal(span[1].tv_sec, 0);
	assert_in_range(span[1].tv_nsec, 500000000, 999999999);
}

static void nanosleep_never_starts_again(void)
{
	long pid = u_start(nap);

	u_kill(pid, ABI_SIGUSR1);
	assert_int_equal(u_reap(pid), 0);
}

static const struct CMUnitTest tests[] = {
	WORLD(handler, handler_gets_the_whole_frame),
	WORLD(handler, sigreturn_takes_what_the_handler_changed),
	WORLD(handler, sigreturn_checks_its_pointer),
	WORLD(handler, waiting_signals_all_arrive),
	WORLD(handler, own_signal_waits_unless_nodefer),
	WORLD(handler, resethand_runs_once),
	WORLD(handler, faults_are_caught_but_not_in_their_handler),
	WORLD(handler, blocked_fault_kills),
	WORLD(handler, no_room_for_the_frame_is_segv),
	WORLD(handler, calls_end_with_eintr_or_start_again),
	WORLD(handler, nanosleep_never_starts_again),
};
UNIT_MAIN(handler, tests)
