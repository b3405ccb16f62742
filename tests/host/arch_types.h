/*
 * The native stand-in for a processor: contexts are ucontext's, time is a number that the test moves.
 */
#pragma once

#include <kernel/config.h>
#include <kernel/guard.h>

#include <stdint.h>
#include <ucontext.h>

/* User mode is a C function: pc points to void (*)(struct trapframe *). `result` is the first argument's register as well. */
struct trapframe {
	uintptr_t pc, sp, gp;
	long result;
	uintptr_t a1, a2, back; /* of a call to a handler */
	unsigned call;          /* the number of the system call */
	uintptr_t tp;
	uintptr_t arguments[6]; /* of a call that the guard looks at */
	struct guard guard;     /* from here on nothing is what a handler's context shows */
};

struct arch_context {
	ucontext_t ucontext;
	void *fake_stack; /* AddressSanitizer's */
	const void *stack;
	size_t stack_size;
	void (*entry)(void *);
	void *arg;
};

struct arch_space {
	uintptr_t text, text_end, data, data_end;
};

#define ARCH_KSTACK_SIZE (CONFIG_KSTACK_WORDS * sizeof(uintptr_t))
#define ARCH_MACHINE "host"
#define ARCH_TIMER_HZ 10000000u
