/*
 * The part of a process that signals need. Its small parts are copied by vfork; the actions are shared until one side changes them.
 */
#pragma once

#include <abi/abi.h>
#include <kernel/timer.h>
#include <kernel/waitq.h>

/* Caught signals and what to do: as many as the program catches. Shared after vfork, copied before a change. */
struct sigacts {
	uint16_t refs, count;
	struct sigact {
		uint8_t sig, flags;
		abi_sigset mask;
		uintptr_t handler, restorer;
	} act[];
};

/* A pending signal with what goes along: every queued real-time signal, and the first of each other kind when memory allows. */
struct sigqueue {
	struct sigqueue *next;
	struct abi_siginfo info;
};

struct signals {
	abi_sigset pending;
	abi_sigset blocked, ignored, caught; /* copied by vfork */
	uint32_t quiet;                      /* of the first 32: sending one does nothing: not caught, not blocked, and ignored or harmless */
	struct sigacts *acts;                /* NULL: nothing caught */
	struct sigqueue *queue;              /* oldest first */
	abi_sigset saved;                    /* sigsuspend: the mask to go back to */
	uint8_t suspended;                   /* `saved` counts */
	uint8_t child_flags;                 /* SA_NOCLDSTOP, SA_NOCLDWAIT of SIGCHLD */
	struct waitq waiters;                /* sigtimedwait, sigsuspend, and stopped processes */
	struct abi_stack *stack;             /* alternate stack for handlers; NULL: none */
	struct itimer *itimer;               /* NULL until one is armed */
};
