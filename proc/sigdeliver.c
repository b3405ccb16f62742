/*
 * Signals arrive: on the way back to user mode, one after the other, lowest number first (SIGKILL before all).
 *
 * A handler's frame lies on the program's stack (or its alternate one), below what is used:
 *
 *     sp -> struct abi_siginfo | struct abi_ucontext | ... what the program had
 *
 * sigreturn takes the registers back from there. They are user-mode registers and nothing else: privilege lies in mstatus, which no frame
 * holds, so a forged frame can only send the program where it could have jumped by itself.
 *
 * A call that a signal interrupted (-EINTR) runs again when no handler was run for it, or when its handler asked for SA_RESTART; but never one
 * of those that POSIX excepts.
 *
 * A stop signal to a borrower waits until it has released its lender.
 */
#include <kernel/trap.h>

#include "internal.h"
#include "sigqueue.h"

/* Calls that end with EINTR whatever SA_RESTART says. */
static bool never_again(unsigned number)
{
	return number == 11 /* nanosleep */ || number == 49 /* sigtimedwait */;
}

static bool never_after_handler(unsigned number)
{
	return number == 48 /* sigsuspend */ || number == 75 /* poll */;
}

#define CAUSE_NO_STACK ((uintptr_t)-1) /* for the report: no trap, but no room for a handler's frame */

struct sigframe {
	struct abi_siginfo info;
	struct abi_ucontext context;
};

/* A system call on its way back. */
struct call {
	bool interrupted;
	unsigned number;
	uintptr_t first; /* argument, as it was */
};

static void call_again(struct trapframe *frame, struct call *call, bool allowed)
{
	if (call->interrupted && allowed && !never_again(call->number))
		arch_frame_repeat_call(frame, call->first);
	call->interrupted = false;
}

static uintptr_t handler_stack(const struct process *process, const struct sigact *act, const struct trapframe *frame)
{
	const struct signals *signals = &process->signals;
	uintptr_t sp = arch_frame_sp(frame);

	if ((act->flags & ABI_SA_ONSTACK) && signals->stack && !signals_on_stack(signals, sp))
		sp = signals->stack->ss_sp + signals->stack->ss_size;
	return (sp - sizeof(struct sigframe)) & ~(uintptr_t)15;
}

static void context_fill(struct abi_ucontext *context, const struct signals *signals, const struct trapframe *frame)
{
	context->uc_link = 0;
	if (signals->stack)
		context->uc_stack = *signals->stack;
	else
		context->uc_stack.ss_flags = ABI_SS_DISABLE;
	context->uc_sigmask = signals->suspended ? signals->saved : signals->blocked;
	arch_frame_save(frame, context->uc_regs);
}

static void handler_run(struct process *process, struct trapframe *frame, const struct sigact *act,
			const struct abi_siginfo *info)
{
	struct signals *signals = &process->signals;
	struct sigframe *at = (struct sigframe *)handler_stack(process, act, frame);
	int sig = info->si_signo;

	if (!user_writable(at, sizeof *at)) {
		report_crash(ABI_SIGSEGV, frame, CAUSE_NO_STACK, (uintptr_t)at);
		process_exit(PROCESS_STATUS_SIGNAL(ABI_SIGSEGV));
	}
	at->info = *info;
	context_fill(&at->context, signals, frame);
	signals->suspended = 0;
	arch_frame_call(frame, act->handler, (uintptr_t)at, act->restorer, (uintptr_t)sig, (uintptr_t)&at->info, (uintptr_t)&at->context);
	signals->blocked |= act->mask | (act->flags & ABI_SA_NODEFER ? 0 : SIGNAL_BIT(sig));
	if (act->flags & ABI_SA_RESETHAND)
		action_forget(signals, sig, false);
}

static void process_stop(struct process *process, int sig)
{
	process->stopped = (uint8_t)sig;
	process->report = REPORT_STOP;
	process_tell_parent(process, ABI_CLD_STOPPED, sig);
	while (process->stopped && !(process->signals.pending & SIGNAL_BIT(ABI_SIGKILL)))
		waitq_sleep(&process->signals.waiters, SLEEP_KILLABLE, TICKS_NEVER);
	process->stopped = 0;
}

static void default_action(struct process *process, int sig)
{
	if (SIGNAL_BIT(sig) & (SIGNALS_HARMLESS | SIGNAL_BIT(ABI_SIGCONT)))
		return;
	if (!(SIGNAL_BIT(sig) & SIGNALS_STOP))
		process_exit(PROCESS_STATUS_SIGNAL(sig));
	if (sig == ABI_SIGSTOP || !group_orphaned(process->pgrp))
		process_stop(process, sig);
}

/* The signal that arrives now; 0: none. */
static int signal_next(const struct process *process)
{
	abi_sigset due = signals_due(process);

	if (!due)
		return 0;
	return due & SIGNAL_BIT(ABI_SIGKILL) ? ABI_SIGKILL : __builtin_ctzll(due);
}

static void signals_deliver(struct process *process, struct trapframe *frame, struct call *call)
{
	struct abi_siginfo info;
	int sig = signal_next(process);

	if (sig == 0) {
		process->thread->work &= (uint8_t)~THREAD_WORK_SIGNAL;
		thread_clear_interrupt(process->thread);
		return;
	}
	signal_take(&process->signals, sig, &info);
	if (process->signals.caught & SIGNAL_BIT(sig)) {
		const struct sigact *act = sigacts_find(process->signals.acts, sig);

		call_again(frame, call, (act->flags & ABI_SA_RESTART) && !never_after_handler(call->number));
		handler_run(process, frame, act, &info);
	} else if (!(process->signals.ignored & SIGNAL_BIT(sig))) {
		default_action(process, sig);
	}
	signals_refresh(process);
}

/* sigsuspend without a handler that would put the mask back. */
static void mask_restore(struct process *process)
{
	if (!process->signals.suspended)
		return;
	process->signals.suspended = 0;
	signals_block(process, process->signals.saved);
}

static void leave(struct trapframe *frame, struct call *call)
{
	struct thread *thread = thread_current();

	while (thread->work) {
		thread->work &= (uint8_t)~THREAD_WORK_FULL;
		if (thread->work & THREAD_WORK_RESCHED)
			thread_resched();
		if (thread->work & THREAD_WORK_SIGNAL)
			signals_deliver(thread->owner, frame, call);
	}
	call_again(frame, call, true);
	mask_restore(thread->owner);
}

void user_return(struct trapframe *frame)
{
	struct call none = {0};

	thread_reap();
	leave(frame, &none);
}

void user_return_call(struct trapframe *frame, long result)
{
	bool returned = thread_current()->work & THREAD_WORK_FULL; /* sigreturn, exec: the frame is of no call */
	struct call call = {result == -EINTR && !returned, arch_frame_call_number(frame), arch_frame_argument(frame)};

	arch_frame_set_result(frame, result);
	leave(frame, &call);
}

long sys_sigreturn(const struct abi_ucontext *context)
{
	struct process *process = process_current();

	arch_frame_load(process->thread->frame, context->uc_regs);
	signals_block(process, context->uc_sigmask);
	process->thread->work |= THREAD_WORK_FULL;
	return (long)arch_frame_argument(process->thread->frame);
}

static int fault_code(int sig)
{
	return sig == ABI_SIGBUS ? ABI_BUS_ADRALN : sig == ABI_SIGSEGV ? ABI_SEGV_ACCERR : 1;
}

void signal_fault(int sig, struct trapframe *frame, uintptr_t cause, uintptr_t address)
{
	struct process *process = process_current();
	struct signals *signals = &process->signals;
	struct abi_siginfo info = {.si_signo = sig, .si_code = fault_code(sig), .si_addr = address};

	if ((signals->caught & SIGNAL_BIT(sig)) && !(signals->blocked & SIGNAL_BIT(sig))) {
		handler_run(process, frame, sigacts_find(signals->acts, sig), &info);
		signals_refresh(process);
		return;
	}
	report_crash(sig, frame, cause, address);
	process_exit(PROCESS_STATUS_SIGNAL(sig));
}

void trap_fault(int sig, struct trapframe *frame, uintptr_t cause, uintptr_t address)
{
	signal_fault(sig, frame, cause, address);
}
