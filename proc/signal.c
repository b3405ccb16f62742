/*
 * Sending signals: what is pending, who is woken.
 *
 * Invariants:
 *   - `quiet` follows from blocked, ignored and caught (signals_refresh after each change of one of them);
 *   - the thread has THREAD_WORK_SIGNAL whenever a pending signal is not blocked, and a sleep light enough for it ends;
 *   - SIGKILL and SIGSTOP are never blocked, ignored or caught;
 *   - a pending SIGCONT and a pending stop signal exclude each other: the later one wins (POSIX 2.4.1).
 */
#include <proc/signal.h>

#include "internal.h"
#include "sigqueue.h"

void signals_init(struct signals *signals)
{
	signals->pending = signals->blocked = signals->ignored = signals->caught = 0;
	signals->quiet = (uint32_t)SIGNALS_HARMLESS;
	signals->acts = NULL;
	signals->queue = NULL;
	signals->suspended = 0;
	signals->child_flags = 0;
	waitq_init(&signals->waiters);
	signals->stack = NULL;
	signals->itimer = NULL;
}

abi_sigset signals_due(const struct process *process)
{
	const struct signals *signals = &process->signals;
	abi_sigset due = signals->pending & ~signals->blocked;

	return process->borrowing ? due & ~(SIGNALS_STOP & ~signals->caught) : due;
}

void signals_refresh(struct process *process)
{
	struct signals *signals = &process->signals;
	struct thread *thread = process->thread;
	abi_sigset due = signals_due(process);

	signals->quiet = signals_quiet(signals);
	thread_clear_interrupt(thread);
	if (!due) {
		thread->work &= (uint8_t)~THREAD_WORK_SIGNAL;
		return;
	}
	thread->work |= THREAD_WORK_SIGNAL;
	thread_interrupt(thread, due & SIGNAL_BIT(ABI_SIGKILL) ? SLEEP_KILLABLE : SLEEP_INTERRUPTIBLE);
}

static int signal_queue(struct signals *signals, int sig, const struct abi_siginfo *info)
{
	bool realtime = sig >= ABI_SIGRTMIN;
	struct sigqueue *entry, **end;

	if (!realtime && ((signals->pending | ~(signals->caught | signals->blocked)) & SIGNAL_BIT(sig)))
		return 0; /* one of a kind; and a handler or sigtimedwait look at the info, nobody else */
	entry = mem_alloc(sizeof *entry);
	if (!entry)
		return realtime ? -EAGAIN : 0;
	entry->next = NULL;
	entry->info = info ? *info : (struct abi_siginfo){.si_code = ABI_SI_KERNEL};
	entry->info.si_signo = sig;
	for (end = &signals->queue; *end; end = &(*end)->next)
		;
	*end = entry;
	return 0;
}

void signal_discard(struct signals *signals, abi_sigset set)
{
	signals->pending &= ~set;
	for (struct sigqueue **at = &signals->queue, *entry; (entry = *at) != NULL;) {
		if (SIGNAL_BIT(entry->info.si_signo) & set) {
			*at = entry->next;
			mem_free(entry);
		} else {
			at = &entry->next;
		}
	}
}

void signal_take(struct signals *signals, int sig, struct abi_siginfo *info)
{
	bool taken = false, more = false;

	*info = (struct abi_siginfo){.si_signo = sig, .si_code = ABI_SI_USER};
	for (struct sigqueue **at = &signals->queue, *entry; (entry = *at) != NULL;) {
		if (entry->info.si_signo != sig || taken) {
			more |= entry->info.si_signo == sig;
			at = &entry->next;
			continue;
		}
		*info = entry->info;
		*at = entry->next;
		mem_free(entry);
		taken = true;
	}
	if (!more)
		signals->pending &= ~SIGNAL_BIT(sig);
}

/* A stopped process goes on; pending stops are forgotten. */
static void signal_continue(struct process *process)
{
	signal_discard(&process->signals, SIGNALS_STOP);
	if (!process->stopped)
		return;
	process->stopped = 0;
	process->report = REPORT_CONTINUE;
	waitq_wake_all(&process->signals.waiters, 0);
	process_tell_parent(process, ABI_CLD_CONTINUED, ABI_SIGCONT);
}

int signal_post(struct process *process, int sig, const struct abi_siginfo *info)
{
	struct signals *signals = &process->signals;
	int error;

	if (!process->thread || (process == process_init && !(signals->caught & SIGNAL_BIT(sig))))
		return 0;
	if (sig == ABI_SIGCONT)
		signal_continue(process);
	else if (SIGNAL_BIT(sig) & SIGNALS_STOP)
		signal_discard(signals, SIGNAL_BIT(ABI_SIGCONT));
	if (signals_idle(signals) & SIGNAL_BIT(sig))
		return 0;
	error = signal_queue(signals, sig, info);
	if (error < 0)
		return error;
	signals->pending |= SIGNAL_BIT(sig);
	if (signals->blocked & SIGNAL_BIT(sig)) {
		waitq_wake_all(&signals->waiters, 0); /* sigtimedwait takes blocked ones */
		return 0;
	}
	process->thread->work |= THREAD_WORK_SIGNAL;
	thread_interrupt(process->thread, sig == ABI_SIGKILL ? SLEEP_KILLABLE : SLEEP_INTERRUPTIBLE);
	return 0;
}

void signal_send_group(unsigned pgrp, int sig)
{
	for (struct process *it = process_next(NULL); it; it = process_next(it))
		if (it->pgrp == pgrp && it->thread)
			signal_send(it, sig);
}

bool signal_inert(const struct process *process, int sig)
{
	return (process->signals.ignored | process->signals.blocked) & SIGNAL_BIT(sig);
}
