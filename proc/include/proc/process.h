/*
 * Processes. struct process is identity: pid, family, descriptors, signals. What it runs in is a struct space, which a vfork child
 * shares with its parent during the loan.
 *
 * Everything here runs with interrupts masked in thread context unless a comment says otherwise; nothing is locked.
 */
#pragma once

#include <abi/abi.h>
#include <abi/errno.h>
#include <fs/file.h>
#include <kernel/sem.h>
#include <kernel/thread.h>
#include <kernel/waitq.h>
#include <proc/limits.h>
#include <proc/signals.h>
#include <proc/space.h>

#define PROCESS_NAME_MAX 15

/* A lender that was killed while it borrowed itself is LEAVING until whoever still runs in its lender's memory has left: no zombie yet. */
enum process_state { PROCESS_ALIVE, PROCESS_LEAVING, PROCESS_ZOMBIE };

struct process {
	struct list all;             /* every process, by age */
	struct list sibling;         /* in parent->children */
	struct list children;
	struct process *parent;      /* NULL for init only */
	struct thread *thread;       /* the only one, or one of several that lives; NULL once it is a zombie */
	struct threads *threads;     /* NULL: it has had only one (threads.c) */
	struct space *space;         /* NULL for a zombie */
	struct sem home;             /* the loan: the lender sleeps on it, this process holds it while `borrowing` */
	struct process *owes;        /* a dead lender of ours whose own loan we have to return after ours; NULL */
	bool borrowing;
	uint8_t state;
	bool has_execed;             /* its parent may no longer change its group */
	uint8_t debtors;             /* processes that owe us: while LEAVING */
	uint8_t stopped;             /* the signal that stopped it; 0: it runs */
	uint8_t report;              /* REPORT_*: state changes that wait has not told yet */
	uint16_t fork_flags;         /* ABI_FORK_*, as it was made */
	uint8_t cpu_warnings;        /* SIGXCPU sent */
	uint16_t pid;
	uint16_t status;             /* of a zombie, as wait reports it */
	union {
		struct {
			uint16_t umask : 15;
			uint16_t watched : 1; /* its loans are (sanitizer.c); exec keeps it as well */
			int16_t nice;        /* kept under every policy, counts under SCHED_OTHER */
			uint16_t pgrp, session;
		};
		uint32_t attributes[2];      /* the four, as vfork copies them: in words */
	};
	struct signals signals;
	struct cwd *cwd;
	struct limits *limits;       /* NULL: the superuser's, with no limits but the system's */
	struct waitq child_ended;    /* the process itself sleeps here in wait */
	ticks_t children_runtime;
	ticks_t runtime;             /* of a zombie */
	struct fdtable files;
	_Alignas(uintptr_t) char name[PROCESS_NAME_MAX + 1];
};

extern struct process *process_init; /* pid 1 */

static inline struct process *process_current(void)
{
	return (struct process *)thread_current()->owner;
}

struct process *process_find(int pid);
/* Processes in order of age; NULL ends. `after` NULL: the first. */
struct process *process_next(const struct process *after);
/* The process with the lowest pid greater than `pid`, zombies included; NULL: none. For directory reading. */
struct process *process_after_pid(int pid);

/* Starts pid 1 from a program in the file system. Panics when it cannot. Boot. */
void process_start_init(const char *path);

/* Ends the calling process with a wait status. Does not return. */
_Noreturn void process_exit(unsigned status);

/* Whether nobody outside the process group, but in its session, could continue its stopped members (POSIX 3.260). */
bool group_orphaned(unsigned pgrp);

/* Threads that it has; and the ticks that they, and those that have ended, were on the processor. */
unsigned process_thread_count(const struct process *process);
ticks_t process_cpu_time(const struct process *process);

/* The lowest name for a state in /proc: R running or ready, S sleeping, D lent (waits for a borrower), T stopped, Z zombie. */
char process_state_letter(const struct process *process);

#define REPORT_STOP 1
#define REPORT_CONTINUE 2

#define PROCESS_STATUS_STOPPED(sig) ((uint16_t)((sig) << 8 | 0x7f))
#define PROCESS_STATUS_EXIT(code) ((uint16_t)(((unsigned)(code)&0xff) << 8))
#define PROCESS_STATUS_SIGNAL(sig) ((uint16_t)(sig))
