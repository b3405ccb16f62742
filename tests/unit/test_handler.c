/*
 * Handlers: the frame they get, the way back, which calls go on; actions across vfork and exec; the alternate stack.
 */
#include "world.h"

#include <kernel/klog.h>
#include <kernel/trap.h>
#include <proc/signal.h>
#include <string.h>

static long call_kill(long pid, int sig)
{
	return u_call(6, (uintptr_t)pid, (uintptr_t)sig);
}

static void raise_signal(int sig)
{
	assert_int_equal(call_kill(sys_getpid(), sig), 0);
}

static void run(void (*child)(void))
{
	assert_int_equal(u_reap(u_vfork(child)), 0);
}

static abi_sigset blocked(void)
{
	return process_current()->signals.first.blocked;
}

static struct {
	struct abi_siginfo info;
	struct abi_ucontext context;
	struct trapframe frame; /* while the handler ran */
	abi_sigset blocked;
	uintptr_t at;
	int count;
} seen;

static void look(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	assert_int_equal(sig, info->si_signo);
	seen.info = *info;
	seen.context = *context;
	seen.frame = *thread_current()->frame;
	seen.blocked = blocked();
	seen.at = (uintptr_t)info;
	seen.count++;
}

static void act_with_mask(int sig, u_handler handler, uint32_t flags, abi_sigset mask)
{
	struct abi_sigaction *act = u_alloc(sizeof *act);

	*act = (struct abi_sigaction){(uintptr_t)handler, 0x5e70, flags, mask};
	assert_int_equal(u_call(14, (uintptr_t)sig, act, NULL), 0);
}

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
	run(frame_is_whole);
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
	run(return_elsewhere);
}

static void sigreturn_of_bad_memory(void)
{
	uintptr_t brk = process_current()->space->brk;

	assert_int_equal(u_call(51, (uintptr_t)8), -EFAULT);
	assert_int_equal(u_call(51, brk - sizeof(struct abi_ucontext) + 16), -EFAULT);
}

static void sigreturn_checks_its_pointer(void)
{
	run(sigreturn_of_bad_memory);
}

static void note_number(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)info, (void)context;
	unit_note((char)('a' + sig - ABI_SIGRTMIN));
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
	run(several);
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
	run(defer_and_not);
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

	call_kill(pid, ABI_SIGCONT); /* no handler: goes on */
	u_sleep(10);
	assert_string_equal(unit_notes(), "<");
	call_kill(pid, ABI_SIGUSR1);
	assert_int_equal(u_reap(pid), 0);
	kformat(text, sizeof text, "%sI", usr1);
	assert_string_equal(unit_notes(), text);
	pid = u_start(read_restart);
	call_kill(pid, ABI_SIGUSR1);
	u_sleep(10);
	kformat(text, sizeof text, "<%s", usr1);
	assert_string_equal(unit_notes(), text);
	call_kill(pid, ABI_SIGUSR1);
	u_sleep(10);
	assert_string_equal(unit_notes(), usr1);
	call_kill(pid, ABI_SIGTERM);
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

	call_kill(pid, ABI_SIGUSR1);
	assert_int_equal(u_reap(pid), 0);
}

/* --- actions across vfork and exec --- */

static void change_actions(void)
{
	struct signals *own = &process_current()->signals, *parents = &process_current()->parent->signals;

	assert_ptr_equal(own->acts, parents->acts);
	assert_int_equal(own->acts->refs, 2);
	assert_int_equal(u_action(ABI_SIGUSR1, ABI_SIG_IGN, 0), (long)look); /* forgetting needs no copy */
	assert_ptr_equal(own->acts, parents->acts);
	act_with_mask(ABI_SIGUSR2, note_number, 0, 0);
	assert_ptr_not_equal(own->acts, parents->acts);
	assert_int_equal(own->acts->refs, 1);
	assert_int_equal(parents->acts->refs, 1);
	act_with_mask(ABI_SIGHUP, note_number, 0, 0);
	raise_signal(ABI_SIGUSR1);
	assert_int_equal(seen.count, 0);
}

static void lend_with_actions(void)
{
	struct signals *signals = &process_current()->signals;

	act_with_mask(ABI_SIGUSR1, look, 0, 0);
	act_with_mask(ABI_SIGUSR2, look, ABI_SA_RESTART, SIGNAL_BIT(40));
	run(change_actions);
	assert_true(signals->caught == (SIGNAL_BIT(ABI_SIGUSR1) | SIGNAL_BIT(ABI_SIGUSR2)));
	assert_true(signals->ignored == 0);
	assert_int_equal(signals->acts->count, 2);
	assert_int_equal(signals->acts->refs, 1);
	raise_signal(ABI_SIGUSR1);
	raise_signal(ABI_SIGUSR2);
	assert_int_equal(seen.count, 2);
}

static void actions_are_not_shared_after_vfork(void)
{
	run(lend_with_actions);
	assert_string_equal(unit_notes(), "");
}

/* The child forgot an action that its parent's table still holds, and takes it up again. */
static void forget_and_catch_again(void)
{
	u_action(ABI_SIGUSR1, ABI_SIG_DFL, 0);
	act_with_mask(ABI_SIGUSR1, note_number, 0, 0);
	assert_int_equal(process_current()->signals.acts->count, 1);
	assert_int_equal(u_action(ABI_SIGUSR1, ABI_SIG_DFL, 0), (long)note_number);
	assert_int_equal(process_current()->signals.acts->count, 0);
}

static void forget_in_the_child(void)
{
	act_with_mask(ABI_SIGUSR1, look, 0, 0);
	run(forget_and_catch_again);
	assert_int_equal(u_action(ABI_SIGUSR1, ABI_SIG_DFL, 0), (long)look);
}

static void forgotten_action_can_be_caught_again(void)
{
	run(forget_in_the_child);
}

static void catch_everything(void)
{
	for (int round = 0; round < 3; round++) {
		for (int sig = 1; sig < ABI_NSIG; sig++)
			if (sig != ABI_SIGKILL && sig != ABI_SIGSTOP)
				act_with_mask(sig, sig % 2 ? look : note_number, (uint32_t)round & ABI_SA_SIGINFO,
					SIGNAL_BIT(sig));
		assert_int_equal(process_current()->signals.acts->count, ABI_NSIG - 3);
		for (int sig = ABI_NSIG - 1; sig > 0; sig--)
			if (sig != ABI_SIGKILL && sig != ABI_SIGSTOP)
				assert_int_equal(u_action(sig, sig % 3 ? ABI_SIG_DFL : ABI_SIG_IGN, 0),
					(long)(sig % 2 ? look : note_number));
		assert_int_equal(process_current()->signals.acts->count, 0);
	}
}

static void every_signal_can_be_caught_and_forgotten(void)
{
	run(catch_everything);
}

static void after_exec(void)
{
	struct signals *signals = &process_current()->signals;

	assert_true(signals->caught == 0);
	assert_true(signals->ignored == (SIGNAL_BIT(ABI_SIGHUP) | SIGNAL_BIT(45)));
	assert_true(signals->first.blocked == (SIGNAL_BIT(ABI_SIGTERM) | SIGNAL_BIT(50)));
	assert_true(signals->pending.set == SIGNAL_BIT(50));
	assert_int_equal(signals->child_flags, 0);
	assert_null(signals->acts);
	assert_null(signals->first.stack);
	assert_true(signals->quiet >> ABI_SIGCHLD & 1);
	assert_non_null(signals->pending.queue);
	unit_note('x');
}

static void before_exec(void)
{
	struct abi_stack *stack = u_alloc(sizeof *stack);

	act_with_mask(ABI_SIGUSR1, look, 0, 0);
	act_with_mask(ABI_SIGCHLD, look, ABI_SA_NOCLDSTOP | ABI_SA_NOCLDWAIT, 0);
	u_action(ABI_SIGHUP, ABI_SIG_IGN, 0);
	u_action(45, ABI_SIG_IGN, 0);
	u_mask(ABI_SIG_SETMASK, SIGNAL_BIT(ABI_SIGTERM) | SIGNAL_BIT(50));
	raise_signal(50);
	*stack = (struct abi_stack){(uintptr_t)u_alloc(1024), 0, 1024};
	assert_int_equal(u_call(52, stack, NULL), 0);
	u_execve(u_string("/program"), NULL, NULL);
	unit_note('!');
}

static void exec_resets_caught_and_keeps_ignored_and_mask(void)
{
	world_program("program", after_exec);
	run(before_exec);
	assert_string_equal(unit_notes(), "x");
	assert_true(process_current()->signals.caught == 0);
}

static void fail_to_exec(void)
{
	act_with_mask(ABI_SIGUSR1, look, 0, 0);
	assert_int_equal(u_execve(u_string("/nothing"), NULL, NULL), -ENOENT);
	raise_signal(ABI_SIGUSR1);
	assert_int_equal(seen.count, 1);
}

static void failed_exec_keeps_handlers(void)
{
	run(fail_to_exec);
}

/* --- the alternate stack --- */

#define STACK_SIZE 2048

static struct abi_stack *stack_set(void)
{
	struct abi_stack *stack = u_alloc(2 * sizeof *stack);

	*stack = (struct abi_stack){(uintptr_t)u_alloc(STACK_SIZE), 0, STACK_SIZE};
	assert_int_equal(u_call(52, stack, stack + 1), 0);
	return stack;
}

static struct abi_stack *stack;

static void on_the_stack(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	uintptr_t sp = thread_current()->frame->sp;

	(void)info;
	assert_in_range(sp, stack->ss_sp, stack->ss_sp + STACK_SIZE - sizeof *info - sizeof *context);
	assert_int_equal(context->uc_stack.ss_sp, stack->ss_sp);
	assert_int_equal(u_call(52, NULL, stack + 1), 0);
	assert_int_equal(stack[1].ss_flags, ABI_SS_ONSTACK);
	assert_int_equal(u_call(52, stack, NULL), -EPERM);
	unit_note('s');
	if (sig == ABI_SIGUSR1) {
		raise_signal(ABI_SIGUSR2); /* goes on below */
		unit_note('S');
	}
}

static void use_the_stack(void)
{
	stack = stack_set();
	assert_int_equal(stack[1].ss_flags, ABI_SS_DISABLE);
	act_with_mask(ABI_SIGUSR1, on_the_stack, ABI_SA_ONSTACK, 0);
	act_with_mask(ABI_SIGUSR2, on_the_stack, ABI_SA_ONSTACK, 0);
	act_with_mask(ABI_SIGHUP, look, 0, 0);
	thread_current()->frame->sp = process_current()->space->base; /* the ordinary one is full */
	raise_signal(ABI_SIGUSR1);
	assert_string_equal(unit_notes(), "ssS");
	assert_int_equal(u_call(52, NULL, stack + 1), 0);
	assert_int_equal(stack[1].ss_flags, 0);
	assert_int_equal(stack[1].ss_size, STACK_SIZE);
}

static void handlers_run_on_the_alternate_stack(void)
{
	run(use_the_stack);
}

static void check_the_stack(void)
{
	struct abi_stack *wanted = stack_set();

	wanted->ss_size = ABI_MINSIGSTKSZ - 1;
	assert_int_equal(u_call(52, wanted, NULL), -ENOMEM);
	wanted->ss_flags = ABI_SS_ONSTACK;
	assert_int_equal(u_call(52, wanted, NULL), -EINVAL);
	assert_int_equal(process_current()->signals.first.stack->ss_size, STACK_SIZE);
	wanted->ss_flags = ABI_SS_DISABLE;
	assert_int_equal(u_call(52, wanted, wanted + 1), 0);
	assert_int_equal(wanted[1].ss_size, STACK_SIZE);
	assert_null(process_current()->signals.first.stack);
}

static void alternate_stack_is_checked(void)
{
	run(check_the_stack);
}

static bool inherits;

static void child_with_a_stack(void)
{
	assert_int_equal(process_current()->signals.first.stack != NULL, inherits);
	assert_ptr_not_equal(process_current()->signals.first.stack, process_current()->parent->signals.first.stack);
}

/* --- each allocation fails once --- */

static int failures;

/* Repeats `call` with the n-th allocation failing until it works; each failure is `error` and changes nothing. */
static void sweep(long (*call)(void), long error)
{
	struct process *self = process_current();

	for (unsigned n = 1;; n++) {
		struct signals before = self->signals;
		struct mem_stats used, now;
		long result;

		mem_get_stats(&used);
		mem_fail_nth(n);
		result = call();
		mem_fail_nth(0);
		if (result >= 0)
			return;
		assert_int_equal(result, error);
		mem_get_stats(&now);
		assert_int_equal(now.used_blocks, used.used_blocks);
		assert_memory_equal(&self->signals, &before, sizeof before);
		failures++;
	}
}

static struct abi_sigaction *act;
static struct abi_itimerval *value;
static int next_signal;

static long catch_one(void)
{
	return u_call(14, (uintptr_t)next_signal, act, NULL);
}

static long set_stack(void)
{
	return u_call(52, stack, NULL);
}

static long set_timer(void)
{
	return u_call(53, (uintptr_t)ABI_ITIMER_REAL, value, NULL);
}

static long queue_one(void)
{
	return u_call(50, (uintptr_t)sys_getpid(), (uintptr_t)ABI_SIGRTMAX, (uintptr_t)1);
}

static void sweep_all(void)
{
	act = u_alloc(sizeof *act);
	*act = (struct abi_sigaction){.handler = (uintptr_t)look};
	for (next_signal = 40; next_signal < 50; next_signal++)
		sweep(catch_one, -ENOMEM);
	assert_int_equal(failures, 3); /* room is made for four at a time */
	stack = u_alloc(sizeof *stack);
	*stack = (struct abi_stack){(uintptr_t)u_alloc(STACK_SIZE), 0, STACK_SIZE};
	sweep(set_stack, -ENOMEM);
	value = memset(u_alloc(sizeof *value), 0, sizeof *value);
	value->it_value.tv_sec = 100;
	sweep(set_timer, -ENOMEM);
	u_mask(ABI_SIG_SETMASK, ~(abi_sigset)0);
	sweep(queue_one, -EAGAIN);
	assert_int_equal(failures, 6);
}

static void each_failing_allocation_leaves_no_trace(void)
{
	run(sweep_all);
}

/* The stack is the last thing that vfork wants memory for, and the only one whose lack it bears. */
static void lend_with_a_stack(void)
{
	long pid;

	stack = stack_set();
	inherits = true;
	run(child_with_a_stack);
	inherits = false;
	for (unsigned n = 1;; n++) {
		mem_fail_nth(n);
		pid = u_vfork(child_with_a_stack);
		mem_fail_nth(0);
		if (pid > 0)
			break;
		assert_int_equal(pid, -ENOMEM);
		failures++;
	}
	assert_true(failures > 0);
	assert_int_equal(u_reap(pid), 0);
}

static void child_inherits_the_stack_if_there_is_memory(void)
{
	run(lend_with_a_stack);
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
	WORLD(handler, actions_are_not_shared_after_vfork),
	WORLD(handler, forgotten_action_can_be_caught_again),
	WORLD(handler, every_signal_can_be_caught_and_forgotten),
	WORLD(handler, exec_resets_caught_and_keeps_ignored_and_mask),
	WORLD(handler, failed_exec_keeps_handlers),
	WORLD(handler, handlers_run_on_the_alternate_stack),
	WORLD(handler, alternate_stack_is_checked),
	WORLD(handler, each_failing_allocation_leaves_no_trace),
	WORLD(handler, child_inherits_the_stack_if_there_is_memory),
};
UNIT_MAIN(handler, tests)
