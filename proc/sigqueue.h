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

/* What is thrown away on arrival: ignored or harmless, neither caught nor kept by being blocked. */
static inline abi_sigset signals_idle(const struct signals *signals)
{
	return (signals->ignored | SIGNALS_HARMLESS) & ~signals->caught & ~signals->blocked;
}

/* Of the first 32: sending does nothing. SIGCONT always does something: it continues. */
static inline uint32_t signals_quiet(const struct signals *signals)
{
	return (uint32_t)(signals_idle(signals) & ~SIGNAL_BIT(ABI_SIGCONT));
}

/* What can arrive now: pending and not blocked; without the stop signals that wait while the process borrows. */
abi_sigset signals_due(const struct process *process);
/* Forgets pending signals of the set. */
void signal_discard(struct signals *signals, abi_sigset set);
/* Takes a pending signal off, with its info. */
void signal_take(struct signals *signals, int sig, struct abi_siginfo *info);
/* What the process does with a caught signal; NULL when it does not catch it. */
struct sigact *sigacts_find(const struct sigacts *acts, int sig);
void sigacts_release(struct sigacts *acts);
/* Sets the mask of the calling process. */
void signals_block(struct process *process, abi_sigset mask);
