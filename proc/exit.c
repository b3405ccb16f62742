/*
 * The end of a process: _exit, death by a signal, zombies, orphans, wait.
 */
#include "internal.h"

#include <kernel/panic.h>
#include <proc/signal.h>

static void orphans_to_init(struct process *process)
{
	bool zombies = false;

	while (!list_empty(&process->children)) {
		struct process *child = list_entry(process->children.next, struct process, sibling);

		zombies |= child->state == PROCESS_ZOMBIE;
		process_adopt(process_init, child);
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
}

void process_become_zombie(struct process *process)
{
	process->state = PROCESS_ZOMBIE;
	signal_send(process->parent, ABI_SIGCHLD);
	waitq_wake_one(&process->parent->child_ended, 0);
}

_Noreturn void process_exit(unsigned status)
{
	struct process *process = process_current();
	bool passed_on;

	if (process == process_init)
		PANIC("init ended");
	give_back(process);
	passed_on = !list_empty(&process->children) && loan_pass_on(process);
	orphans_to_init(process);
	process->status = (uint16_t)status;
	process->runtime = process->thread->runtime + timer_now() - cpu.switched_at;
	process->thread = NULL;
	if (passed_on) {
		process->state = PROCESS_LEAVING;
	} else {
		loan_return(process); /* after all else: the parent must find it done */
		process_become_zombie(process);
	}
	thread_exit();
}

long sys_exit(int status)
{
	process_exit(PROCESS_STATUS_EXIT(status));
}

/* A zombie child that `pid` selects. *any: there is a child that could become one. */
static inline struct process *find_zombie(struct process *parent, int pid, bool *any)
{
	*any = false;
	list_for_each(it, &parent->children) {
		struct process *child = list_entry(it, struct process, sibling);

		if (pid != -1 && child->pid != pid)
			continue;
		*any = true;
		if (child->state == PROCESS_ZOMBIE)
			return child;
	}
	return NULL;
}

static void usage_fill(struct abi_rusage *usage, ticks_t ticks)
{
	uint64_t seconds;
	uint32_t nanoseconds;

	timer_to_ns(ticks, &seconds, &nanoseconds);
	*usage = (struct abi_rusage){.ru_utime = {(int64_t)seconds, (long)(nanoseconds / 1000)}};
}

static __attribute__((noinline)) long reap(struct process *parent, struct process *child, int *status, struct abi_rusage *usage)
{
	int pid = child->pid;

	if (status)
		*status = child->status;
	if (usage)
		usage_fill(usage, child->runtime + child->children_runtime);
	parent->children_runtime += child->runtime + child->children_runtime;
	process_destroy(child);
	return pid;
}

/* Sleeps until find_zombie has an answer. Checks the pointers again afterwards: they were checked before the sleep. */
static __attribute__((noinline)) int wait_zombie(int pid, struct process **child, const int *status,
						 const struct abi_rusage *usage)
{
	struct process *parent = process_current();
	bool any = true;

	while (!(*child = find_zombie(parent, pid, &any))) {
		int error = any ? waitq_sleep(&parent->child_ended, SLEEP_INTERRUPTIBLE, TICKS_NEVER) : -ECHILD;

		if (error < 0)
			return error;
	}
	if (!user_writable(status, status ? sizeof *status : 0) || !user_writable(usage, usage ? sizeof *usage : 0))
		return -EFAULT;
	return 0;
}

long sys_wait4(int pid, int *status, int options, struct abi_rusage *usage)
{
	struct process *parent = process_current(), *child;
	bool any;
	int error;

	if (options & ~(ABI_WNOHANG | ABI_WUNTRACED))
		return -EINVAL;
	if (pid == 0 || pid < -1) /* process groups: none yet */
		return -ECHILD;
	child = find_zombie(parent, pid, &any);
	if (child)
		return reap(parent, child, status, usage);
	if (!any)
		return -ECHILD;
	if (options & ABI_WNOHANG)
		return 0;
	error = wait_zombie(pid, &child, status, usage);
	return error < 0 ? error : reap(parent, child, status, usage);
}
