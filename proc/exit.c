/*
 * The end of a process: _exit, death by a signal, zombies, orphans.
 */
#include "internal.h"

#include <fs/tty.h>
#include <kernel/panic.h>
#include <proc/signal.h>

static bool group_stopped(unsigned pgrp)
{
	for (const struct process *it = process_next(NULL); it; it = process_next(it))
		if (it->pgrp == pgrp && it->stopped)
			return true;
	return false;
}

/* `parent` was able to continue the stopped processes of its child's group, and one of the two has ended. When nobody else is, they are hung up
 * (POSIX, _exit). */
static void group_lost(const struct process *parent, const struct process *child)
{
	unsigned pgrp = child->pgrp;

	if (pgrp == parent->pgrp || child->session != parent->session || !group_orphaned(pgrp) || !group_stopped(pgrp))
		return;
	signal_send_group(pgrp, ABI_SIGHUP);
	signal_send_group(pgrp, ABI_SIGCONT);
}

static void orphans_to_init(struct process *process)
{
	bool zombies = false;

	while (!list_empty(&process->children)) {
		struct process *child = list_entry(process->children.next, struct process, sibling);

		zombies |= child->state == PROCESS_ZOMBIE;
		process_adopt(process_init, child);
		group_lost(process, child);
	}
	if (zombies)
		waitq_wake_all(&process_init->child_ended, 0);
}

/* Gives back everything but the loan, the structure and the thread. */
static void give_back(struct process *process)
{
	struct space *space = process->space;

	fdtable_close_all(&process->files);
	cwd_release(process->cwd);
	process->space = NULL;
	process->thread->space = NULL;
	space_release(space);
	signals_release(process);
}

void process_tell_parent(struct process *process, int code, int status)
{
	struct process *parent = process->parent;
	struct signals *signals = &parent->signals;
	struct abi_siginfo info;

	waitq_wake_all(&parent->child_ended, 0);
	if ((signals->quiet >> ABI_SIGCHLD & 1) || ((process->fork_flags & ABI_FORK_NOSIGCHLD) && code < ABI_CLD_STOPPED) ||
	    (code >= ABI_CLD_STOPPED && (signals->child_flags & ABI_SA_NOCLDSTOP)))
		return;
	info = (struct abi_siginfo){.si_code = code, .si_pid = process->pid, .si_status = status};
	signal_post(parent, ABI_SIGCHLD, &info);
}

/* The parent wants to hear of it, or said that it will not wait: SIGCHLD ignored, or SA_NOCLDWAIT. */
static __attribute__((noinline)) void zombie_announce(struct process *process)
{
	const struct signals *signals = &process->parent->signals;
	bool nobody_waits = (signals->ignored & SIGNAL_BIT(ABI_SIGCHLD)) || (signals->child_flags & ABI_SA_NOCLDWAIT);
	unsigned status = process->status;

	if (status & 0x7f)
		process_tell_parent(process, ABI_CLD_KILLED, (int)(status & 0x7f));
	else
		process_tell_parent(process, ABI_CLD_EXITED, (int)(status >> 8));
	if (nobody_waits && !(process->fork_flags & ABI_FORK_WAITPID))
		process_destroy(process);
}

void process_become_zombie(struct process *process)
{
	const struct signals *signals = &process->parent->signals;

	process->state = PROCESS_ZOMBIE;
	if (((~signals->quiet | (uint32_t)signals->ignored) >> ABI_SIGCHLD & 1) || signals->child_flags)
		zombie_announce(process);
	else if (!waitq_empty(&process->parent->child_ended))
		waitq_wake_all(&process->parent->child_ended, 0); /* several threads may wait there, for different children */
}

_Noreturn void process_exit(unsigned status)
{
	struct process *process = process_current();
	bool passed_on;

	if (process == process_init)
		PANIC("init ended");
	if (process->threads)
		status = threads_exit(process, status);
	thread_retire();
	if (process->session == process->pid)
		tty_session_ended(process->session); /* the signal may be for us as well: before our queue is given back */
	give_back(process);
	passed_on = !list_empty(&process->children) && loan_pass_on(process);
	orphans_to_init(process);
	process->status = (uint16_t)status;
	process->runtime = thread_cpu_time();
	process->thread = NULL;
	if (process->pgrp != process->parent->pgrp)
		group_lost(process->parent, process);
	if (passed_on) {
		process->state = PROCESS_LEAVING;
	} else {
		loan_return(process); /* after all else: the parent must find it done */
		process_become_zombie(process);
	}
	thread_exit();
}

/* `how` and `from` are for the sanitizer, which sees them before. */
long sys_exit(int status, uintptr_t how, uintptr_t from)
{
	(void)how;
	(void)from;
	process_exit(PROCESS_STATUS_EXIT(status));
}
