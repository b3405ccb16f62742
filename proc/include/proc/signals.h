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

/* Signals that have been sent: to a process, or to a thread. */
struct sigpending {
	abi_sigset set;
	struct sigqueue *queue;              /* oldest first */
};

/* What each thread has of its own. */
struct sigthread {
	abi_sigset blocked;
	abi_sigset saved;                    /* sigsuspend: the mask to go back to */
	struct abi_stack *stack;             /* alternate stack for handlers; NULL: none */
	uint8_t suspended;                   /* `saved` counts */
	uint8_t cancelled;                   /* thread_cancel has not ended a sleep yet */
};

struct signals {
	struct sigpending pending;           /* to the process: any thread that does not block it may take it */
	abi_sigset ignored, caught;          /* copied by vfork */
	struct sigthread first;              /* of the only thread; with several, each has its own (struct uthread) */
	uint32_t quiet;                      /* of the first 32: sending one does nothing: not caught, blocked by nobody, and ignored or harmless */
	struct sigacts *acts;                /* NULL: nothing caught */
	uint8_t child_flags;                 /* SA_NOCLDSTOP, SA_NOCLDWAIT of SIGCHLD */
	struct waitq waiters;                /* sigtimedwait, sigsuspend, and stopped threads */
	struct itimer *itimer;               /* NULL until one is armed */
};
