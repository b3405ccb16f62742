/*
 * Signals: sending, and default actions at the way back to user mode.
 */
#pragma once

#include <proc/process.h>

/* Makes `sig` pending on the process unless it ignores it. Any context. */
void signal_send(struct process *process, int sig);
/* The caller's own fault: kills it with `sig`, even if ignored, after a crash report. Does not return. */
_Noreturn void signal_fault(int sig, struct trapframe *frame, uintptr_t cause, uintptr_t address);
/* A signal that would end the process waits: loops in the kernel should give up. */
bool signal_waiting(const struct process *process);
