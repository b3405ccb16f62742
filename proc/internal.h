/*
 * Between the files of proc/.
 */
#pragma once

#include <kernel/klog.h>
#include <proc/clock.h>
#include <proc/process.h>
#include <proc/syscalls.h>
#include <proc/user.h>

#include "threads.h"

/* A structure with a thread that has not started, no space and no parent; descriptors, signals, groups and the loan are not set up. -EAGAIN at the limit, -ENOMEM; then nothing is left behind. */
int process_create(struct process **out);
/* Takes back a process without children and space: one that never ran, or a zombie. */
void process_destroy(struct process *process);
void process_adopt(struct process *parent, struct process *child);

/* The last step of a process that has given back everything: its parent may reap it (exit.c). */
void process_become_zombie(struct process *process);

/* The loan (loan.c). */
void loan_make(struct process *borrower);
int loan_wait(struct process *borrower);
void loan_return(struct process *borrower);
/* `lender` is dying. If it borrows itself and somebody borrows from it, they will return its loan; true then. */
bool loan_pass_on(struct process *lender);
/* It sleeps until a borrower returns. */
bool thread_lends(const struct thread *thread);

/* The guard of system calls (guard.c). */
#define FORK_WATCHED 0x8000u /* a flag of sys_vfork from the sanitizer: every call of the child is looked at */
/* Whether a borrower's frame shows that it left the frame that it borrowed: it returned from there, or jumped above. */
bool guard_popped(const struct process *process, const struct trapframe *frame);
/* Whether what a program says to be the end of a frame can be that: the word below it, its return address, is in the arena. */
static inline bool guard_end_known(const struct space *space, uintptr_t end)
{
	return !(end & (sizeof(uintptr_t) - 1)) && end - sizeof(uintptr_t) - space->base < space->brk - space->base;
}
/* The call that a frame is about to make. */
struct guarded_call {
	unsigned number;
	uintptr_t arguments[6];
};
long guard_call(const struct guarded_call *call);

/* The sanitizer (sanitizer.c). Makes a call of a watched process and looks at what it has to do with loans. */
long sanitizer_call(struct process *process, const struct guarded_call *call);

/* The thread that sleeps until `borrower` returns its loan; NULL: it was killed, or nothing is borrowed. */
struct thread *loan_lender(const struct process *borrower);
/* "text+0x1a", "data+0x8", "heap+0x10", "stack+0x7c0" on the console: offsets from where each begins (report.c). */
void report_address(const struct space *space, uintptr_t address);
/* "vforksan: name[pid]: ", with which each line about a loan begins, and what follows. */
void report_loan(const struct process *process, const char *what);
/* A whole line: that, `what` with `number` for its %u if it has one, and the address. */
void report_line(const struct process *process, const char *what, unsigned number, uintptr_t address);

/* Spaces (space.c). */
struct space_layout {
	size_t stack, args;            /* bytes of stack, and of arguments above it */
	size_t text, data, bss, heap;  /* text: only that which lies in the arena (RAM images), between stack and data */
};
/* A space with an arena of that layout, cleared up to data; brk at the end of bss. NULL without memory. */
struct space *space_create(const struct space_layout *layout);
static inline void space_hold(struct space *space)
{
	space->refs++;
}
void space_release(struct space *space);
/* Recomputes what the PMP opens. */
void space_update(struct space *space);

/* Programs (bflt.c): a new space with the program of `file` in it, its entry point and the address at which arguments begin.
 * Nothing of the caller changes. -ENOEXEC, -ENOMEM, -EIO, -ETXTBSY. */
struct program {
	struct space *space;
	uintptr_t entry, gp, stack_top;
	uintptr_t sp; /* once its arguments are written */
};
int bflt_load(struct node file, size_t args, struct program *program);

/* Arguments (args.c): what goes before argv[0] (interpreters), argv, envp. */
#define ARGS_PREFIX_MAX 3
struct args {
	const char *prefix[ARGS_PREFIX_MAX];
	unsigned prefixes;
	char *const *argv, *const *envp; /* NULL: empty */
	unsigned argc, envc;             /* measured */
	size_t bytes;                    /* measured: of all strings, pointers and the count */
	bool skip_first;                 /* argv[0] is replaced by the prefix */
	bool trusted;                    /* argv and envp are the kernel's own copies */
};
/* Counts and checks. -EFAULT, -E2BIG. */
int args_measure(struct args *args);
/* Measures, then copies argv and envp into a block of the kernel and makes args point there: for callers whose memory others can change while the program is
 * loaded. mem_free(*block) afterwards, also after an error. -EFAULT, -E2BIG, -ENOMEM. */
int args_copy(struct args *args, void **block);
/* Writes argc, argv, envp and the strings below `top`; returns the stack pointer. */
uintptr_t args_write(const struct args *args, struct space *space, uintptr_t top);

/* Starts the first process (exec.c). */
int exec_first(struct process *process, const char *path);

/* Signals (signal.c, sigaction.c, sigdeliver.c, itimer.c). */
void signals_init(struct signals *signals);
void sigaltstack_inherit(struct signals *child, const struct abi_stack *stack);
/* vfork: sets all of the child's, inherited or not. */
static inline void signals_fork(struct signals *child, const struct signals *parent)
{
	child->pending.set = 0;
	child->pending.queue = NULL;
	child->first.blocked = parent->first.blocked;
	child->first.suspended = child->first.cancelled = 0;
	child->ignored = parent->ignored;
	child->caught = parent->caught;
	child->quiet = parent->quiet;
	child->acts = parent->acts;
	if (child->acts)
		child->acts->refs++;
	child->child_flags = parent->child_flags;
	waitq_init(&child->waiters);
	child->first.stack = NULL;
	if (parent->first.stack)
		sigaltstack_inherit(child, parent->first.stack);
	child->itimer = NULL;
}
/* After a change of blocked (of the calling thread), ignored, caught, pending or borrowing. */
void signals_refresh(struct process *process);
/* Looks anew for what the thread has to do on its way back to user mode: sets or takes away its mark, ends its sleep. */
void signals_mark(struct thread *thread);
/* Every pending signal of the process that some thread does not block has a marked thread again. */
void signals_route(struct process *process);
/* What the calling thread has of its own. */
static inline struct sigthread *sigthread_of(const struct thread *thread)
{
	const struct uthread *uthread = thread->extra;

	return uthread ? (struct sigthread *)&uthread->signals : &((struct process *)thread->owner)->signals.first;
}
static inline struct sigthread *sigthread_current(void)
{
	return sigthread_of(thread_current());
}
/* The action of a signal becomes the default one, or to ignore it. */
void action_forget(struct signals *signals, int sig, bool ignore);
/* Whether the stack pointer lies on the alternate stack. */
bool signals_on_stack(const struct sigthread *own, uintptr_t sp);
/* Caught signals get their default action. */
void signals_forget_handlers(struct process *process);
/* exec: caught signals get their default action; ignored and blocked ones stay. */
void signals_exec(struct process *process);
/* The process ends: gives back what its signals own. */
void signals_release_owned(struct signals *signals);
static inline void signals_release(struct process *process)
{
	struct signals *signals = &process->signals;

	if (signals->acts || signals->itimer || signals->pending.queue || signals->first.stack)
		signals_release_owned(signals);
}
void itimer_release(struct signals *signals);
/* Gives back what a thread's part of the signals owns, and forgets what is pending. */
void sigthread_release(struct sigthread *own, struct sigpending *pending);

/* Sends SIGCHLD with `code` and wakes the parent's wait (exit.c). */
void process_tell_parent(struct process *process, int code, int status);

/* The kernel's policy and priority of a POSIX one; nice counts under SCHED_OTHER. 0, -EINVAL, or -EPERM for what is the superuser's (sched.c). */
int sched_parse(int policy, int priority, int nice, enum thread_policy *kernel_policy, unsigned *kernel_prio);

/* That much time on the processor; user mode and the kernel are not told apart (sched.c). */
void usage_set(struct abi_rusage *usage, ticks_t ticks);

/* Crash report of the calling process (report.c). */
void report_crash(int sig, const struct trapframe *frame, uintptr_t cause, uintptr_t address);
