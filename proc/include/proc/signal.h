/*
 * Signals: sending, and default actions at the way back to user mode.
 */
#pragma once

#include <proc/process.h>

#define SIGNAL_BIT(sig) (1u << (sig))

/* Signals whose default action does nothing, and those that would stop a process: not there yet. */
#define SIGNAL_HARMLESS                                                                                                \
	(SIGNAL_BIT(ABI_SIGCHLD) | SIGNAL_BIT(ABI_SIGURG) | SIGNAL_BIT(ABI_SIGWINCH) | SIGNAL_BIT(ABI_SIGCONT) |       \
	 SIGNAL_BIT(ABI_SIGSTOP) | SIGNAL_BIT(ABI_SIGTSTP) | SIGNAL_BIT(ABI_SIGTTIN) | SIGNAL_BIT(ABI_SIGTTOU))

void signal_post(struct process *process, int sig);

/* Makes `sig` pending on the process unless it ignores it. Any context. */
static inline void signal_send(struct process *process, int sig)
{
	if (!(SIGNAL_BIT(sig) & SIGNAL_HARMLESS))
		signal_post(process, sig);
}
/* The caller's own fault: kills it with `sig`, even if ignored, after a crash report. Does not return. */
_Noreturn void signal_fault(int sig, struct trapframe *frame, uintptr_t cause, uintptr_t address);
/* A signal that would end the process waits: loops in the kernel should give up. */
bool signal_waiting(const struct process *process);
