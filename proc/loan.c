/*
 * The loan: vfork lends the parent's stack and memory to the child.
 *
 *   parent  vfork() ---- lends ----.  sleeps on child->home                      returns the child's pid
 *   child                          '-> runs in the parent's space -- exec/exit --^ posts child->home
 *
 * Invariants:
 *   - one thread lends; the others of its process go on, so a borrower is alone on the stack, not in the memory (space->threaded);
 *   - the child holds `home` from loan_make to loan_return, so it runs at least at the lender's priority;
 *   - loan_return happens exactly once, after the child has left the space (exec: and closed its close-on-exec descriptors);
 *   - the lender sleeps so deeply that only a fatal signal (SIGKILL) ends its sleep; other signals wait for the release;
 *   - the space is counted: a killed lender's memory lives until the borrower has left it;
 *   - the parent's registers are in its own trap frame: the child's frame is a copy;
 *   - loans nest. When a lender in the middle is killed, its own loan is not returned while its borrower still runs on the same stack: the
 *     borrower owes it (loan_pass_on) and returns it after its own. Until then the dead lender is LEAVING and cannot be reaped.
 */
#include "internal.h"
#include "sigqueue.h"

#include <arch.h>
#include <kernel/config.h>
#include <kernel/panic.h>
#include <kernel/string.h>

void loan_make(struct process *borrower)
{
	borrower->borrowing = true;
	sem_make_held(&borrower->home, borrower->thread);
}

int loan_wait(struct process *borrower)
{
	return sem_take(&borrower->home, SLEEP_KILLABLE, TICKS_NEVER);
}

bool loan_pass_on(struct process *lender)
{
	if (!lender->borrowing)
		return false;
	list_for_each(it, &lender->children) {
		struct process *borrower = list_entry(it, struct process, sibling);

		if (!borrower->borrowing)
			continue;
		borrower->owes = lender;
		lender->debtors++;
		sem_set_holder(&lender->home, borrower->home.holder); /* itself, or the one that returns its loan */
	}
	if (lender->debtors == 0)
		return false;
	for (struct process *up = lender->owes; up; up = up->owes)
		sem_set_holder(&up->home, lender->home.holder); /* the dying thread may hold nothing */
	return true;
}

/* The borrower has left the space: the dead lender whose loan can be returned now, if there is one. */
static __attribute__((noinline)) struct process *debt_pay(struct process *borrower)
{
	struct process *lender = borrower->owes;

	borrower->owes = NULL;
	if (--lender->debtors == 0)
		return lender;
	sem_set_holder(&lender->home, NULL); /* others still owe it */
	return NULL;
}

/* A loan of a chain whose middle was killed: the lenders above get theirs back as well. */
static __attribute__((noinline)) void debts_settle(struct process *borrower)
{
	struct process *lender = debt_pay(borrower);

	while (lender) {
		struct process *next = lender->owes ? debt_pay(lender) : NULL;

		lender->borrowing = false;
		sem_give(&lender->home);
		process_become_zombie(lender);
		lender = next;
	}
}

void loan_return(struct process *borrower)
{
	if (!borrower->borrowing)
		return;
	borrower->borrowing = false;
	sem_give(&borrower->home);
	if (borrower->owes)
		debts_settle(borrower);
	if (borrower->signals.pending.set && borrower->thread)
		signals_refresh(borrower); /* a stop signal has waited for this */
}

bool thread_lends(const struct thread *thread)
{
	const struct sem *sem = thread->blocked_on;

	return sem && sem->holder && sem->holder->owner && sem == &((const struct process *)sem->holder->owner)->home;
}

struct thread *loan_lender(const struct process *borrower)
{
	const struct waitq *waiters = &borrower->home.waiters;

	return borrower->borrowing && !waitq_empty(waiters) ? list_entry(waiters->sleepers.next, struct thread, link) : NULL;
}

static void child_inherit(struct process *child, struct process *parent)
{
	child->space = parent->space;
	space_hold(child->space);
	child->cwd = cwd_hold(parent->cwd);
	child->limits = parent->limits;
	if (child->limits)
		child->limits->refs++;
	child->attributes[0] = parent->attributes[0];
	child->attributes[1] = parent->attributes[1];
	signals_fork(&child->signals, &parent->signals);
	memcpy(__builtin_assume_aligned(child->name, sizeof(uintptr_t)), __builtin_assume_aligned(parent->name, sizeof(uintptr_t)),
	       sizeof child->name);
	list_append(&parent->children, &child->sibling);
	child->parent = parent;
}

/* The child's calls are guarded until it execs or ends. `end`: of the frame of the function that called vfork, as it says; without that only
 * the stack pointer is known. */
static void child_guard(struct guard *guard, const struct thread *parent, const struct space *space, uintptr_t end)
{
	guard->calls = 0;
	if (!guard_end_known(space, end)) {
		guard->limit = 0;
		guard->end = arch_frame_sp(parent->frame) + 1;
		return;
	}
	guard->limit = guard->end = end;
	guard->word = *(const uintptr_t *)(end - sizeof(uintptr_t));
}

static void child_thread(struct thread *child, const struct thread *parent)
{
	child->space = parent->space;
	child->policy = parent->policy;
	child->prio = child->base_prio = parent->base_prio;
	arch_frame_copy_call(child->frame, parent->frame, 0);
	thread_set_user_call(child);
}

#define FORK_FLAGS (ABI_FORK_NOSIGCHLD | ABI_FORK_WAITPID | ABI_FORK_SIGDFL)

static __attribute__((noinline)) bool fork_flags_known(const struct process *parent, unsigned flags)
{
	return !(flags & ~(unsigned)(FORK_FLAGS | (parent->watched ? FORK_WATCHED : 0)));
}

/* The only thread of the child goes on with what the caller, one of several, has. */
static __attribute__((noinline)) void child_inherit_thread(struct process *child, struct process *parent)
{
	const struct sigthread *own = sigthread_current();

	parent->thread = thread_current(); /* any will do, and this is the one to copy */
	child->signals.first.blocked = own->blocked;
	if (own->stack)
		sigaltstack_inherit(&child->signals, own->stack);
	child->signals.quiet = signals_quiet(child);
}

/* vforkx: what is not plain vfork. */
static __attribute__((noinline)) void child_apply_flags(struct process *child, unsigned flags)
{
	child->fork_flags = (uint16_t)flags;
	if (flags & FORK_WATCHED)
		child->thread->frame->guard.limit = 0;
	if (flags & ABI_FORK_SIGDFL)
		signals_forget_handlers(child);
}

long sys_vfork(int flags, uintptr_t frame)
{
	struct process *parent = process_current(), *child, *created;
	int pid, error;

	if (flags && !fork_flags_known(parent, (unsigned)flags))
		return -EINVAL;
	if (parent->limits && limits_forbid_process(parent))
		return -EAGAIN;
	error = process_create(&created);
	if (error < 0)
		return error;
	child = created;
	error = fdtable_copy(&child->files, &parent->files);
	if (error < 0) {
		process_destroy(child);
		return error;
	}
	child_inherit(child, parent);
	if (parent->threads)
		child_inherit_thread(child, parent);
	child_thread(child->thread, parent->thread);
	child_guard(&child->thread->frame->guard, parent->thread, parent->space, frame);
	if (flags | CONFIG_VFORK_FLAGS)
		child_apply_flags(child, (unsigned)flags | CONFIG_VFORK_FLAGS);
	loan_make(child);
	thread_start_next(child->thread);
	pid = child->pid; /* the child may be gone when we wake: SA_NOCLDWAIT */
	error = loan_wait(child);
	return error < 0 ? error : pid;
}
