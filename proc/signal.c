/*
 * Sending signals: what is pending, who is woken.
 *
 * Invariants:
 *   - `quiet` follows from blocked, ignored and caught (signals_refresh after each change of one of them);
 *   - a thread that is marked (THREAD_WORK_SIGNAL) has a look at its signals before it goes back to user mode, and a sleep light enough for what waits there has
 *     ended (signals_mark is the one place that decides);
 *   - a thread is marked whenever a signal sent to it is not blocked; and for each pending signal of a process some thread that does not block it, if there is one
 *     (signals_route; with one thread it is the same rule);
 *   - SIGKILL and SIGSTOP are never blocked, ignored or caught;
 *   - a pending SIGCONT and a pending stop signal exclude each other: the later one wins (POSIX 2.4.1).
 */
#include <proc/signal.h>

#include "internal.h"
#include "sigqueue.h"

void signals_init(struct signals *signals)
{
	*signals = (struct signals){.quiet = (uint32_t)SIGNALS_HARMLESS};
	waitq_init(&signals->waiters);
}

abi_sigset signals_due(const struct thread *thread)
{
	const struct process *process = thread->owner;
	const struct sigpending *own = sigpending_of(thread);
	abi_sigset due = (process->signals.pending.set | (own ? own->set : 0)) & ~sigthread_of(thread)->blocked;

	return process->borrowing ? due & ~(SIGNALS_STOP & ~process->signals.caught) : due;
}

/* How light a sleep the thread has to leave for what waits at user mode; 0: nothing waits. */
static enum thread_sleep sleep_to_end(const struct thread *thread)
{
	const struct process *process = thread->owner;
	abi_sigset due = signals_due(thread);

	if ((due & SIGNAL_BIT(ABI_SIGKILL)) || threads_must_end(thread))
		return SLEEP_KILLABLE;
	return due || process->stopped ? SLEEP_INTERRUPTIBLE : SLEEP_UNINTERRUPTIBLE;
}

/* The usual case: the only thread, and nothing for it. */
static bool nothing_waits(const struct thread *thread)
{
	const struct process *process = thread->owner;

	return !thread->extra && !process->stopped && !(process->signals.pending.set & ~process->signals.first.blocked) &&
	       !process->signals.first.cancelled;
}

void signals_mark(struct thread *thread)
{
	enum thread_sleep reach;

	thread_clear_interrupt(thread);
	thread->work &= (uint8_t)~THREAD_WORK_SIGNAL;
	if (nothing_waits(thread))
		return;
	reach = sleep_to_end(thread);
	if (reach)
		thread->work |= THREAD_WORK_SIGNAL;
	else if (sigthread_of(thread)->cancelled)
		reach = SLEEP_INTERRUPTIBLE;
	if (reach)
		thread_interrupt(thread, reach);
}

/* Marks a thread for the signals of the set that it does not block; returns the rest. */
static abi_sigset route_to(struct thread *thread, abi_sigset set)
{
	abi_sigset blocked = sigthread_of(thread)->blocked;

	if (set & ~blocked)
		signals_mark(thread);
	return set & blocked;
}

/* It would hear of a signal at once: it does not lend, or sleep more deeply still. */
static bool is_responsive(const struct thread *thread)
{
	return thread->state != THREAD_SLEEPING || thread->sleep == SLEEP_INTERRUPTIBLE;
}

/* The caller first, if it is one of them, then those who can hear it, then any. */
static void route(struct process *process, abi_sigset set)
{
	struct thread *self = thread_current();

	if (self->owner == process)
		set = route_to(self, set);
	for (int any = 0; any < 2; any++)
		list_for_each(it, &process->threads->all) {
			struct thread *thread = uthread_entry(it)->thread;

			if (any || is_responsive(thread))
				set = route_to(thread, set);
		}
}

void signals_route(struct process *process)
{
	abi_sigset set = process->signals.pending.set;

	list_for_each(it, &process->threads->all) {
		const struct uthread *uthread = uthread_entry(it);

		if (uthread->thread->work & THREAD_WORK_SIGNAL)
			set &= uthread->signals.blocked;
	}
	if (set)
		route(process, set);
}

void signals_refresh(struct process *process)
{
	struct thread *self = thread_current();

	process->signals.quiet = signals_quiet(process);
	signals_mark(self->owner == process ? self : process->thread);
	if (process->threads)
		signals_route(process);
}

static int signal_queue(struct sigpending *pending, int sig, const struct abi_siginfo *info, bool looked_at)
{
	bool realtime = sig >= ABI_SIGRTMIN;
	struct sigqueue *entry, **end;

	if (!realtime && ((pending->set & SIGNAL_BIT(sig)) || !looked_at))
		return 0; /* one of a kind; and a handler or sigtimedwait look at the info, nobody else */
	entry = mem_alloc(sizeof *entry);
	if (!entry)
		return realtime ? -EAGAIN : 0;
	entry->next = NULL;
	entry->info = info ? *info : (struct abi_siginfo){.si_code = ABI_SI_KERNEL};
	entry->info.si_signo = sig;
	for (end = &pending->queue; *end; end = &(*end)->next)
		;
	*end = entry;
	return 0;
}

void signal_discard(struct sigpending *pending, abi_sigset set)
{
	pending->set &= ~set;
	for (struct sigqueue **at = &pending->queue, *entry; (entry = *at) != NULL;) {
		if (SIGNAL_BIT(entry->info.si_signo) & set) {
			*at = entry->next;
			mem_free(entry);
		} else {
			at = &entry->next;
		}
	}
}

void signal_discard_all(struct process *process, abi_sigset set)
{
	signal_discard(&process->signals.pending, set);
	if (process->threads)
		list_for_each(it, &process->threads->all)
			signal_discard(&uthread_entry(it)->pending, set);
}

void signal_take(int sig, struct abi_siginfo *info)
{
	struct sigpending *own = sigpending_of(thread_current());
	struct sigpending *pending = own && (own->set & SIGNAL_BIT(sig)) ? own : &process_current()->signals.pending;
	bool taken = false, more = false;

	*info = (struct abi_siginfo){.si_signo = sig, .si_code = ABI_SI_USER};
	for (struct sigqueue **at = &pending->queue, *entry; (entry = *at) != NULL;) {
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
		pending->set &= ~SIGNAL_BIT(sig);
}

/* A stopped process goes on; pending stops are forgotten. */
static void signal_continue(struct process *process)
{
	signal_discard_all(process, SIGNALS_STOP);
	if (!process->stopped)
		return;
	process->stopped = 0;
	process->report = REPORT_CONTINUE;
	waitq_wake_all(&process->signals.waiters, 0);
	process_tell_parent(process, ABI_CLD_CONTINUED, ABI_SIGCONT);
}

/* Whoever is to take the signal is marked; when nobody can, it waits, and sigtimedwait may take it. */
static void announce(struct process *process, struct thread *to, abi_sigset bit)
{
	if (bit & SIGNAL_BIT(ABI_SIGKILL) && process->threads)
		threads_mark(process);
	else if (to)
		signals_mark(to);
	else
		route(process, bit);
	if (bit & blocked_by_any(process))
		waitq_wake_all(&process->signals.waiters, 0);
}

/* To a thread, or to any (NULL) of several. */
static int post(struct process *process, struct thread *to, int sig, const struct abi_siginfo *info)
{
	const struct signals *signals = &process->signals;
	struct sigpending *pending = to ? sigpending_of(to) : NULL;
	int error;

	pending = pending ? pending : &process->signals.pending;
	if (process == process_init && !(signals->caught & SIGNAL_BIT(sig)))
		return 0;
	if (sig == ABI_SIGCONT)
		signal_continue(process);
	else if (SIGNAL_BIT(sig) & SIGNALS_STOP)
		signal_discard_all(process, SIGNAL_BIT(ABI_SIGCONT));
	if (signals_idle(process) & SIGNAL_BIT(sig))
		return 0;
	error = signal_queue(pending, sig, info, (signals->caught | blocked_by_any(process)) & SIGNAL_BIT(sig));
	if (error < 0)
		return error;
	pending->set |= SIGNAL_BIT(sig);
	announce(process, to, SIGNAL_BIT(sig));
	return 0;
}

int signal_post(struct process *process, int sig, const struct abi_siginfo *info)
{
	if (!process->thread)
		return 0;
	return post(process, process->threads ? NULL : process->thread, sig, info);
}

int signal_post_thread(struct thread *thread, int sig, const struct abi_siginfo *info)
{
	if (SIGNAL_BIT(sig) & SIGNALS_SURE)
		return signal_post(thread->owner, sig, info);
	return post(thread->owner, thread, sig, info);
}

void signal_send_group(unsigned pgrp, int sig)
{
	for (struct process *it = process_next(NULL); it; it = process_next(it))
		if (it->pgrp == pgrp && it->thread)
			signal_send(it, sig);
}

bool signal_inert(const struct process *process, int sig)
{
	return (process->signals.ignored | sigthread_current()->blocked) & SIGNAL_BIT(sig);
}
