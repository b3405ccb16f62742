/*
 * The loan: vfork lends the parent's stack and memory to the child.
 *
 *   parent  vfork() ---- lends ----.  sleeps on child->home                      returns the child's pid
 *   child                          '-> runs in the parent's space -- exec/exit --^ posts child->home
 *
 * Invariants:
 *   - the child holds `home` from loan_make to loan_return, so it runs at least at the lender's priority;
 *   - loan_return happens exactly once, after the child has left the space (exec: and closed its close-on-exec descriptors);
 *   - the lender sleeps so deeply that only a fatal signal (SIGKILL) ends its sleep; other signals wait for the release;
 *   - the space is counted: a killed lender's memory lives until the borrower has left it;
 *   - the parent's registers are in its own trap frame: the child's frame is a copy;
 *   - loans nest. When a lender in the middle is killed, its own loan is not returned while its borrower still runs on the same stack: the
 *     borrower owes it (loan_pass_on) and returns it after its own. Until then the dead lender is LEAVING and cannot be reaped.
 */
#include "internal.h"

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
	if (borrower->signals.pending && borrower->thread)
		signals_refresh(borrower); /* a stop signal has waited for this */
}

bool process_lends(const struct process *process)
{
	const struct sem *sem = process->thread ? process->thread->blocked_on : NULL;

	return sem && sem->holder && sem->holder->owner &&
	       sem == &((const struct process *)sem->holder->owner)->home;
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

static void child_thread(struct thread *child, const struct thread *parent)
{
	child->space = parent->space;
	child->policy = parent->policy;
	child->prio = child->base_prio = parent->base_prio;
	arch_frame_copy_call(child->frame, parent->frame, 0);
	thread_set_user(child);
}

/* vforkx: what is not plain vfork. */
static __attribute__((noinline)) void child_apply_flags(struct process *child, unsigned flags)
{
	child->fork_flags = (uint16_t)flags;
	if (flags & ABI_FORK_SIGDFL)
		signals_forget_handlers(&child->signals);
}

#define FORK_FLAGS (ABI_FORK_NOSIGCHLD | ABI_FORK_WAITPID | ABI_FORK_SIGDFL)

long sys_vfork(int flags)
{
	struct process *parent = process_current(), *child, *created;
	int pid, error;

	if (flags && (flags & ~FORK_FLAGS))
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
	if (flags | CONFIG_VFORK_FLAGS)
		child_apply_flags(child, (unsigned)flags | CONFIG_VFORK_FLAGS);
	child_thread(child->thread, parent->thread);
	loan_make(child);
	thread_start_next(child->thread);
	pid = child->pid; /* the child may be gone when we wake: SA_NOCLDWAIT */
	error = loan_wait(child);
	return error < 0 ? error : pid;
}
