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
 * A call that a signal interrupted (-EINTR) runs again when no handler was run for it, or when its handler asked for SA_RESTART; but for those
 * that POSIX excepts (call_kind). One that thread_cancel interrupted never does.
 *
 * A stop signal to a borrower waits until it has released its lender.
 */
#include <kernel/trap.h>

#include "internal.h"
#include "sigqueue.h"

#define SYSCALL(number, name, ...) CALL_##name = number,
enum {
#include <abi/syscalls.def>
};
#undef SYSCALL

/* Whether an interrupted call is made again: never; unless a handler ran; if the handler has SA_RESTART; always. */
enum again { AGAIN_NEVER, AGAIN_UNHANDLED, AGAIN_RESTART, AGAIN_ALWAYS };

static enum again call_kind(unsigned number)
{
	switch (number) {
	case CALL_nanosleep:
	case CALL_sigtimedwait: return AGAIN_NEVER;
	case CALL_sigsuspend:
	case CALL_poll:
	case CALL_ppoll:
	case CALL_futex_wait: return AGAIN_UNHANDLED;
	case CALL_futex_lock_pi: return AGAIN_ALWAYS; /* no signal ends the wait for a mutex (POSIX, pthread_mutex_lock) */
	default: return AGAIN_RESTART;
	}
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

/* Of the kinds from `least` on. */
static void call_again(struct trapframe *frame, struct call *call, enum again least)
{
	if (call->interrupted && call_kind(call->number) >= least)
		arch_frame_repeat_call(frame, call->first);
	call->interrupted = false;
}

static uintptr_t handler_stack(const struct sigthread *own, const struct sigact *act, const struct trapframe *frame)
{
	uintptr_t sp = arch_frame_sp(frame);

	if ((act->flags & ABI_SA_ONSTACK) && own->stack && !signals_on_stack(own, sp))
		sp = own->stack->ss_sp + own->stack->ss_size;
	return (sp - sizeof(struct sigframe)) & ~(uintptr_t)15;
}

static void context_fill(struct abi_ucontext *context, const struct sigthread *own, const struct trapframe *frame)
{
	context->uc_link = 0;
	if (own->stack)
		context->uc_stack = *own->stack;
	else
		context->uc_stack.ss_flags = ABI_SS_DISABLE;
	context->uc_sigmask = own->suspended ? own->saved : own->blocked;
	arch_frame_save(frame, context->uc_regs);
}

static void handler_run(struct process *process, struct trapframe *frame, const struct sigact *act,
			const struct abi_siginfo *info)
{
	struct sigthread *own = sigthread_current();
	struct sigframe *at = (struct sigframe *)handler_stack(own, act, frame);
	int sig = info->si_signo;

	if (!user_writable(at, sizeof *at)) {
		report_crash(ABI_SIGSEGV, frame, CAUSE_NO_STACK, (uintptr_t)at);
		process_exit(PROCESS_STATUS_SIGNAL(ABI_SIGSEGV));
	}
	at->info = *info;
	context_fill(&at->context, own, frame);
	own->suspended = 0;
	arch_frame_call(frame, act->handler, (uintptr_t)at, act->restorer, (uintptr_t)sig, (uintptr_t)&at->info, (uintptr_t)&at->context);
	own->blocked |= act->mask | (act->flags & ABI_SA_NODEFER ? 0 : SIGNAL_BIT(sig));
	if (act->flags & ABI_SA_RESETHAND)
		action_forget(&process->signals, sig, false);
}

bool signal_deliver_self(struct process *process, int sig, const struct abi_siginfo *info)
{
	struct thread *thread = thread_current();
	const struct sigthread *own = &process->signals.first;

	if (thread->owner != process || process->threads || own->suspended ||
	    !(process->signals.caught & ~own->blocked & SIGNAL_BIT(sig)) || signals_due(thread))
		return false;
	arch_frame_set_result(thread->frame, 0);
	handler_run(process, thread->frame, sigacts_find(process->signals.acts, sig), info);
	signals_refresh(process);
	thread->work |= THREAD_WORK_FULL;
	return true;
}

/* Until SIGCONT, or the thread has to end. */
static void stay_stopped(struct process *process)
{
	while (process->stopped)
		if (waitq_sleep(&process->signals.waiters, SLEEP_KILLABLE, TICKS_NEVER) < 0) {
			if (!threads_must_end(thread_current()))
				process->stopped = 0; /* SIGKILL */
			return;
		}
}

static void process_stop(struct process *process, int sig)
{
	process->stopped = (uint8_t)sig;
	process->report = REPORT_STOP;
	process_tell_parent(process, ABI_CLD_STOPPED, sig);
	if (process->threads)
		threads_mark(process);
	stay_stopped(process);
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

/* The signal that arrives now at the calling thread; 0: none. */
static int signal_next(void)
{
	abi_sigset due = signals_due(thread_current());

	if (!due)
		return 0;
	return due & SIGNAL_BIT(ABI_SIGKILL) ? ABI_SIGKILL : __builtin_ctzll(due);
}

/* The process ends or is stopped, by what another thread did. */
static void obey_others(struct process *process)
{
	if (threads_must_end(thread_current()))
		threads_obey();
	stay_stopped(process);
}

/* Takes what is due as long as it needs no handler. Returns the caught signal that comes next, left pending; 0: nothing is due any more. */
static int deliver_unhandled(struct process *process)
{
	struct abi_siginfo info;
	int sig;

	for (;;) {
		if (process->threads || process->stopped)
			obey_others(process);
		sig = signal_next();
		if (sig == 0 || (process->signals.caught & SIGNAL_BIT(sig)))
			return sig;
		signal_take(sig, &info);
		if (!(process->signals.ignored & SIGNAL_BIT(sig)))
			default_action(process, sig);
	}
}

static __attribute__((noinline)) void signals_deliver(struct process *process, struct trapframe *frame, struct call *call)
{
	int sig = deliver_unhandled(process);

	if (sig) {
		const struct sigact *act = sigacts_find(process->signals.acts, sig);
		struct abi_siginfo info;

		signal_take(sig, &info);
		call_again(frame, call, act->flags & ABI_SA_RESTART ? AGAIN_RESTART : AGAIN_ALWAYS);
		handler_run(process, frame, act, &info);
	}
	signals_refresh(process);
}

bool signals_settle(void)
{
	bool unhandled;

	if (sigthread_current()->cancelled)
		return false;
	unhandled = deliver_unhandled(process_current()) == 0;
	signals_refresh(process_current());
	return unhandled;
}

/* sigsuspend without a handler that would put the mask back. */
static void mask_restore(void)
{
	struct sigthread *own = sigthread_current();

	if (!own->suspended)
		return;
	own->suspended = 0;
	signals_block(own->saved);
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
	call_again(frame, call, AGAIN_UNHANDLED);
	mask_restore();
}

/* thread_cancel has ended a sleep of the call: it will not end another. */
static void cancel_used(struct call *call)
{
	sigthread_current()->cancelled = 0;
	call->interrupted = call_kind(call->number) == AGAIN_ALWAYS;
	signals_mark(thread_current());
}

void user_return(struct trapframe *frame)
{
	struct call none = {0};

	thread_reap();
	leave(frame, &none);
}

/* A call that filled the frame itself, and nothing else to do. */
static bool frame_is_all(struct thread *thread, long result)
{
	if (thread->work != THREAD_WORK_FULL || result == -EINTR || sigthread_of(thread)->suspended)
		return false;
	thread->work = 0;
	return true;
}

static __attribute__((noinline)) void leave_call(struct trapframe *frame, long result)
{
	struct call call = {0};

	if (result == -EINTR && !(thread_current()->work & THREAD_WORK_FULL)) /* after sigreturn and exec the frame is of no call */
		call = (struct call){true, arch_frame_call_number(frame), arch_frame_argument(frame)};
	arch_frame_set_result(frame, result);
	if (call.interrupted && sigthread_current()->cancelled)
		cancel_used(&call);
	leave(frame, &call);
}

void user_return_call(struct trapframe *frame, long result)
{
	if (frame_is_all(thread_current(), result))
		arch_frame_set_result(frame, result);
	else
		leave_call(frame, result);
}

long sys_sigreturn(const struct abi_ucontext *context)
{
	struct thread *thread = thread_current();

	arch_frame_load(thread->frame, context->uc_regs);
	signals_block(context->uc_sigmask);
	thread->work |= THREAD_WORK_FULL;
	return (long)arch_frame_argument(thread->frame);
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

	if ((signals->caught & SIGNAL_BIT(sig)) && !(sigthread_current()->blocked & SIGNAL_BIT(sig))) {
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
