/* What the tests of handlers share: one that looks at all that it got, actions with a mask, and signals to oneself. */
#pragma once

#include "world.h"

#include <proc/signal.h>

static inline void raise_signal(int sig)
{
	assert_int_equal(u_kill(sys_getpid(), sig), 0);
}

/* The mask of the first thread. */
static inline abi_sigset blocked(void)
{
	return process_current()->signals.first.blocked;
}

/* What look() saw, and how often it ran. */
static struct {
	struct abi_siginfo info;
	struct abi_ucontext context;
	struct trapframe frame; /* while the handler ran */
	abi_sigset blocked;
	uintptr_t at;
	int count;
} seen;

static inline void look(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	assert_int_equal(sig, info->si_signo);
	seen.info = *info;
	seen.context = *context;
	seen.frame = *thread_current()->frame;
	seen.blocked = blocked();
	seen.at = (uintptr_t)info;
	seen.count++;
}

/* sigaction with everything in it. */
static inline void act_with_mask(int sig, u_handler handler, uint32_t flags, abi_sigset mask)
{
	struct abi_sigaction *act = u_alloc(sizeof *act);

	*act = (struct abi_sigaction){(uintptr_t)handler, 0x5e70, flags, mask};
	assert_int_equal(u_call(14, (uintptr_t)sig, act, NULL), 0);
}

/* A handler that notes a letter, 'a' for the first of the real-time signals. */
static inline void note_number(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)info, (void)context;
	unit_note((char)('a' + sig - ABI_SIGRTMIN));
}
