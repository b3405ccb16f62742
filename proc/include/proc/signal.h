/*
 * Signals: sending them. What they do to the receiver is decided on its way back to user mode (sigdeliver.c).
 */
#pragma once

#include <proc/process.h>

#define SIGNAL_BIT(sig) ((abi_sigset)1 << (sig))

/* Queues `sig` with its info. 0, or -EAGAIN when a real-time signal cannot be queued. Any context. */
int signal_post(struct process *process, int sig, const struct abi_siginfo *info);
/* The same to one of its threads. What stops, continues or kills does it to the process. */
int signal_post_thread(struct thread *thread, int sig, const struct abi_siginfo *info);

/* Sends a signal from the kernel. Any context. */
static inline void signal_send(struct process *process, int sig)
{
	if (!(sig < 32 && (process->signals.quiet >> sig & 1)))
		signal_post(process, sig, NULL);
}

/* The same to every member of a process group. */
void signal_send_group(unsigned pgrp, int sig);

/* For calls that slept until a deadline and were interrupted: does what its signals want of the calling thread as far as no handler has to run, ends it, or lets it
 * stop and continue. True when the sleep can go on. Sleeps; may not return. */
bool signals_settle(void);

/* Calls that wait with another mask (sigsuspend, ppoll): the calling thread has it from now until its way back to user mode. Handlers run with it, and then, or
 * without any, the mask before is back. signals_suspended ends such a call where it does not always fail with -EINTR: it returns `result`, or -EINTR for 0 if
 * something waits for the thread. */
void signals_suspend(abi_sigset mask);
long signals_suspended(long result);

/* The caller's own fault: a caught, unblocked signal is delivered to it; anything else kills it after a crash report. */
void signal_fault(int sig, struct trapframe *frame, uintptr_t cause, uintptr_t address);

/* Whether a signal is ignored, or blocked by the calling thread of the process: a terminal then does not send it, but fails the call. */
bool signal_inert(const struct process *process, int sig);
