/*
 * Waiting for signals, and sending them with a value.
 */
#include "internal.h"
#include "sigqueue.h"

void signals_suspend(abi_sigset mask)
{
	struct sigthread *own = sigthread_current();

	own->saved = own->blocked;
	own->suspended = 1;
	signals_block(mask);
}

long signals_suspended(long result)
{
	struct thread *thread = thread_current();

	if (result == 0 && thread->interrupted)
		result = -EINTR;
	thread->work |= THREAD_WORK_SIGNAL;
	return result;
}

long sys_sigsuspend(const abi_sigset *mask)
{
	signals_suspend(*mask);
	for (;;) {
		int error = waitq_sleep(&process_current()->signals.waiters, SLEEP_INTERRUPTIBLE, TICKS_NEVER);

		if (error < 0)
			return error;
	}
}

/* Those of the set that are pending for the calling thread. */
static abi_sigset pending_of(abi_sigset wanted)
{
	const struct sigpending *own = sigpending_of(thread_current());

	return (process_current()->signals.pending.set | (own ? own->set : 0)) & wanted;
}

/* Sleeps until one is pending, or a handler has to run, or the deadline has come. */
static int wait_pending(abi_sigset wanted, ticks_t deadline)
{
	int error = 0;

	while (error == 0 && !pending_of(wanted)) {
		error = waitq_sleep(&process_current()->signals.waiters, SLEEP_INTERRUPTIBLE, deadline);
		if (error == -EINTR && signals_settle())
			error = 0;
	}
	return error;
}

long sys_sigtimedwait(const abi_sigset *set, struct abi_siginfo *info, const struct abi_timespec *timeout)
{
	abi_sigset wanted = *set & ~SIGNALS_SURE;
	struct abi_siginfo taken;
	ticks_t deadline = TICKS_NEVER;
	int error = timeout ? clock_deadline(timeout, &deadline) : 0;

	if (error == 0)
		error = wait_pending(wanted, deadline);
	if (error < 0)
		return error == -ETIMEDOUT ? -EAGAIN : error;
	signal_take(__builtin_ctzll(pending_of(wanted)), &taken);
	signals_refresh(process_current());
	if (info && user_copy_out(info, &taken, sizeof taken) < 0)
		return -EFAULT;
	return taken.si_signo;
}

static long send(struct process *process, int sig, const struct abi_siginfo *info)
{
	if (!process)
		return -ESRCH;
	if (!caller_may_act_on(process) && !(sig == ABI_SIGCONT && process->session == process_current()->session))
		return -EPERM;
	return sig ? signal_post(process, sig, info) : 0;
}

static struct abi_siginfo info_from_caller(int sig, int code, uintptr_t value)
{
	const struct process *self = process_current();

	return (struct abi_siginfo){.si_signo = sig, .si_code = code, .si_pid = self->pid, .si_uid = (int)limits_uid(self->limits), .si_value = value};
}

/* To one process. */
static long send_to(int pid, int sig, const struct abi_siginfo *info)
{
	struct process *self = process_current();

	if (pid == self->pid && signal_deliver_self(self, sig, info))
		return sig;
	return send(process_find(pid), sig, info);
}

long sys_sigqueue(int pid, int sig, uintptr_t value)
{
	struct abi_siginfo info = info_from_caller(sig, ABI_SI_QUEUE, value);

	if (sig < 0 || sig >= ABI_NSIG)
		return -EINVAL;
	return pid > 0 ? send_to(pid, sig, &info) : -ESRCH;
}

/* Everybody of the group; group 0: everybody but init and the caller. */
static long send_many(unsigned pgrp, int sig, const struct abi_siginfo *info)
{
	long result = -ESRCH, sent;

	for (struct process *it = process_next(NULL); it; it = process_next(it)) {
		if (pgrp ? it->pgrp != pgrp : it == process_init || it == process_current())
			continue;
		sent = send(it, sig, info);
		if (it->thread && (sent == 0 || result < 0))
			result = sent;
	}
	return result;
}

long sys_kill(int pid, int sig)
{
	struct abi_siginfo info = info_from_caller(sig, ABI_SI_USER, 0);

	if (sig < 0 || sig >= ABI_NSIG)
		return -EINVAL;
	if (pid > 0)
		return send_to(pid, sig, &info);
	if (pid == -1)
		return send_many(0, sig, &info);
	return send_many(pid == 0 ? process_current()->pgrp : 0u - (unsigned)pid, sig, &info);
}
