/*
 * The threads of a process: between threads.c, futex.c, pilock.c and the files about signals.
 */
#pragma once

#include <proc/process.h>

/* One of several threads of a process: what it has of its own. The thread's `extra` points here. */
struct uthread {
	struct list link;            /* in threads->all */
	struct thread *thread;
	uint16_t tid;
	struct sigpending pending;   /* sent to this thread */
	struct sigthread signals;
};

struct threads {
	struct list all;             /* struct uthread that live, by tid */
	struct list spare_locks;     /* struct pilock: as many as threads, less those in use */
	uint16_t count;              /* of `all` */
	uint16_t status;             /* of the process, once `exiting` */
	bool exiting;                /* all threads are on their way to their end */
	struct thread *only;         /* the others are, since this one execs; NULL */
	struct waitq alone;          /* it sleeps here until it is the only one */
	ticks_t runtime;             /* of those that have ended */
};

#define uthread_entry(it) list_entry(it, struct uthread, link)

/* The thread has to end: its process exits, or another thread execs. */
static inline bool threads_must_end(const struct thread *thread)
{
	const struct threads *threads = ((const struct process *)thread->owner)->threads;

	return threads && (threads->exiting || (threads->only && threads->only != thread));
}

/* NULL: no thread of the calling process has that id. 0: the calling thread. */
struct thread *threads_find(int tid);
unsigned threads_tid(const struct thread *thread);

/* Threads of a process, one or several: the one after `thread`; NULL: the first, and at the end. */
struct thread *thread_after(const struct process *process, const struct thread *thread);
/* What at least one of them blocks. */
abi_sigset threads_blocked(const struct threads *threads);
/* Has every thread look anew for what it has to do (signals_mark). */
void threads_mark(struct process *process);

/* Ends the calling thread, which must end. */
_Noreturn void threads_obey(void);
/* The calling thread ends its process with a wait status. Returns only in the last thread that is left, which carries it out: with the status to give. The
 * process is one of a single thread then. */
unsigned threads_exit(struct process *process, unsigned status);
/* exec's commit comes: ends the other threads. 0, and the process is one of a single thread; or -EINTR when the caller itself has to end. Sleeps. */
int threads_end_others(struct process *process);

/* Wakes up to `count` threads that wait for the word, the most urgent first (futex.c). Returns how many. */
int futex_wake(struct space *space, uintptr_t word, int count);
/* Whether the thread, of a process that is no zombie, sleeps in futex_wait and nothing has ended that. */
bool futex_waits(const struct thread *thread);

/* Locks with inheritance (pilock.c). One record for each thread: allocated and taken back with it. */
bool pilock_reserve(struct threads *threads);
void pilock_unreserve(struct threads *threads);
/* The thread ends: who waits for a lock that it holds gets -ESRCH. */
void pilock_orphan(struct thread *thread);
