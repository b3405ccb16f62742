/*
 * What stands between a program and its system calls: a part of the trap frame, so that it costs a thread without a guard nothing.
 *
 * A call whose number is not below `calls` is looked at before it is made. It passes when the stack pointer is below `limit` and the word
 * under `limit` is `word`; otherwise trap_guarded_call decides, and makes it. A child of vfork has its calls guarded until it
 * execs or ends, with `limit` at the end of the frame that it borrowed: there lies the return address of the function that called vfork, and
 * a child that returned from it has its stack pointer above, or has called something else from there, which left another return address.
 */
#pragma once

#include <stdint.h>

struct guard {
	uintptr_t calls; /* SYSCALL_SLOTS: no guard */
	uintptr_t limit; /* 0: every call goes through trap_guarded_call */
	uintptr_t word;
	uintptr_t end;   /* of the borrowed frame; odd when only the stack pointer is known: one above it. 0: nothing was borrowed */
};
