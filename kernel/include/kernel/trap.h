/*
 * Where traps leave the processor's code: implemented by the layer above (proc), called by arch.
 */
#pragma once

#include <stdint.h>

struct trapframe;

/* The running program faulted. Makes `signal` (ABI_SIG*) its fate; may return if that is only noted for user_return. */
void trap_fault(int signal, struct trapframe *frame, uintptr_t cause, uintptr_t address);

/* A system call that its frame's guard does not let through: checks it and makes it. Returns its result. */
long trap_guarded_call(struct trapframe *frame);

/* Before each return to user mode with work to do (THREAD_WORK_*), and before a thread's first. */
void user_return(struct trapframe *frame);

/* The same after a system call, with its result, which goes into the frame: unless a signal makes the call start again. */
void user_return_call(struct trapframe *frame, long result);
