/*
 * Between the files about signals.
 */
#pragma once

#include <kernel/mem.h>
#include <proc/signal.h>

/* Signals that stop a process by default, and those whose default action does nothing. */
#define SIGNALS_STOP                                                                                                   \
	(SIGNAL_BIT(ABI_SIGSTOP) | SIGNAL_BIT(ABI_SIGTSTP) | SIGNAL_BIT(ABI_SIGTTIN) | SIGNAL_BIT(ABI_SIGTTOU))
#define SIGNALS_HARMLESS (SIGNAL_BIT(ABI_SIGCHLD) | SIGNAL_BIT(ABI_SIGURG) | SIGNAL_BIT(ABI_SIGWINCH))
/* Cannot be blocked, ignored or caught. */
#define SIGNALS_SURE (SIGNAL_BIT(ABI_SIGKILL) | SIGNAL_BIT(ABI_SIGSTOP))
/* Raised by the program's own instructions. */
#define SIGNALS_FAULT                                                                                                  \
	(SIGNAL_BIT(ABI_SIGILL) | SIGNAL_BIT(ABI_SIGTRAP) | SIGNAL_BIT(ABI_SIGFPE) | SIGNAL_BIT(ABI_SIGBUS) |          \
	 SIGNAL_BIT(ABI_SIGSEGV))

/* What is blocked by at least one thread. */
static inline abi_sigset blocked_by_any(const struct process *process)
{
	return process->threads ? threads_blocked(process->threads) : process->signals.first.blocked;
}

/* What is thrown away on arrival: ignored or harmless, neither caught nor kept by being blocked. */
static inline abi_sigset signals_idle(const struct process *process)
{
	return (process->signals.ignored | SIGNALS_HARMLESS) & ~process->signals.caught & ~blocked_by_any(process);
}

/* Of the first 32: sending does nothing. SIGCONT always does something: it continues. */
static inline uint32_t signals_quiet(const struct process *process)
{
	return (uint32_t)(signals_idle(process) & ~SIGNAL_BIT(ABI_SIGCONT));
}

/* What can arrive now at the thread: sent to it or to its process, and not blocked; without the stop signals that wait while the process borrows. */
abi_sigset signals_due(const struct thread *thread);
/* Forgets pending signals of the set; of the process and of its threads. */
void signal_discard(struct sigpending *pending, abi_sigset set);
void signal_discard_all(struct process *process, abi_sigset set);
/* Takes a signal off that is pending for the calling thread or its process, with its info. */
void signal_take(int sig, struct abi_siginfo *info);
/* Signals sent to the thread itself, NULL: it cannot have any, as it is the only one. */
static inline struct sigpending *sigpending_of(const struct thread *thread)
{
	struct uthread *uthread = thread->extra;

	return uthread ? &uthread->pending : NULL;
}
/* A signal that the calling process sends itself, and catches: runs its handler when the call is over, without a way through the queue. The
 * call has to return its argument then, which is the handler's first. False when the signal has to be queued. */
bool signal_deliver_self(struct process *process, int sig, const struct abi_siginfo *info);
/* What the process does with a caught signal; NULL when it does not catch it. */
struct sigact *sigacts_find(const struct sigacts *acts, int sig);
void sigacts_release(struct sigacts *acts);
/* Sets the mask of the calling thread. */
void signals_block(abi_sigset mask);
