/*
 * Signals with their default actions: what is not ignored ends the process at its way back to user mode. Handlers, masks and stop
 * signals are not there yet; a stop signal has no effect.
 */
#include <proc/signal.h>

#include "internal.h"

#include <kernel/trap.h>

void signal_post(struct process *process, int sig)
{
	struct thread *thread = process->thread;

	if (!thread || process == process_init || (SIGNAL_BIT(sig) & process->ignored))
		return;
	process->pending |= SIGNAL_BIT(sig);
	thread->work |= THREAD_WORK_SIGNAL;
	thread_interrupt(thread, sig == ABI_SIGKILL ? SLEEP_KILLABLE : SLEEP_INTERRUPTIBLE);
}

bool signal_waiting(const struct process *process)
{
	return process->pending != 0;
}

_Noreturn void signal_fault(int sig, struct trapframe *frame, uintptr_t cause, uintptr_t address)
{
	report_crash(sig, frame, cause, address);
	process_exit(PROCESS_STATUS_SIGNAL(sig));
}

void trap_fault(int signal, struct trapframe *frame, uintptr_t cause, uintptr_t address)
{
	signal_fault(signal, frame, cause, address);
}

static void signal_deliver(struct process *process)
{
	int sig = process->pending & SIGNAL_BIT(ABI_SIGKILL) ? ABI_SIGKILL : __builtin_ctz(process->pending | SIGNAL_BIT(31));

	process->thread->work &= (uint8_t)~THREAD_WORK_SIGNAL;
	if (process->pending)
		process_exit(PROCESS_STATUS_SIGNAL(sig));
}

void user_return(struct trapframe *frame)
{
	struct thread *thread = thread_current();

	(void)frame;
	thread_reap();
	while (thread->work) {
		thread->work &= (uint8_t)~THREAD_WORK_FULL;
		if (thread->work & THREAD_WORK_RESCHED)
			thread_resched();
		if (thread->work & THREAD_WORK_SIGNAL)
			signal_deliver(thread->owner);
	}
}

/* Everybody but init and the caller. */
static long kill_all(int sig)
{
	bool any = false;

	for (struct process *it = process_next(NULL); it; it = process_next(it)) {
		if (it == process_init || it == process_current() || !it->thread)
			continue;
		any = true;
		if (sig)
			signal_send(it, sig);
	}
	return any ? 0 : -ESRCH;
}

long sys_kill(int pid, int sig)
{
	struct process *process;

	if (sig < 0 || sig >= ABI_NSIG)
		return -EINVAL;
	if (pid == -1)
		return kill_all(sig);
	process = pid > 0 ? process_find(pid) : NULL;
	if (!process)
		return -ESRCH;
	if (sig)
		signal_send(process, sig);
	return 0;
}

long sys_signal(int sig, long action)
{
	struct process *process = process_current();
	bool ignored;

	if (sig <= 0 || sig >= ABI_NSIG || sig == ABI_SIGKILL || sig == ABI_SIGSTOP)
		return -EINVAL;
	if (action != ABI_SIG_DFL && action != ABI_SIG_IGN)
		return -ENOSYS;
	ignored = process->ignored & SIGNAL_BIT(sig);
	if (action == ABI_SIG_IGN) {
		process->ignored |= SIGNAL_BIT(sig);
		process->pending &= ~SIGNAL_BIT(sig);
	} else {
		process->ignored &= ~SIGNAL_BIT(sig);
	}
	return ignored ? ABI_SIG_IGN : ABI_SIG_DFL;
}
