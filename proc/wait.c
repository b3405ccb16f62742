/*
 * Waiting for children: ended, stopped, continued.
 */
#include "internal.h"

struct wanted {
	int type, id, options; /* ABI_P_*, ABI_W* as of waitid */
};

enum event { EVENT_NONE, EVENT_END, EVENT_STOP, EVENT_CONTINUE };

static bool wanted_child(const struct wanted *wanted, const struct process *child)
{
	if (wanted->type == ABI_P_PID)
		return child->pid == wanted->id;
	if (child->fork_flags & ABI_FORK_WAITPID)
		return false;
	return wanted->type == ABI_P_ALL || child->pgrp == wanted->id;
}

static enum event event_of(const struct process *child, int options)
{
	if (child->state == PROCESS_ZOMBIE)
		return options & ABI_WEXITED ? EVENT_END : EVENT_NONE;
	if (child->report == REPORT_STOP && (options & ABI_WSTOPPED))
		return EVENT_STOP;
	if (child->report == REPORT_CONTINUE && (options & ABI_WCONTINUED))
		return EVENT_CONTINUE;
	return EVENT_NONE;
}

/* A child with something to tell. 0, -ECHILD when there is no such child, -EAGAIN when it has nothing to tell yet. */
static int find_event(struct process *parent, const struct wanted *wanted, struct process **child, enum event *event)
{
	int result = -ECHILD;

	list_for_each(it, &parent->children) {
		*child = list_entry(it, struct process, sibling);
		if (!wanted_child(wanted, *child))
			continue;
		*event = event_of(*child, wanted->options);
		if (*event != EVENT_NONE)
			return 0;
		result = -EAGAIN;
	}
	return result;
}

/* The same, asleep until there is one. *slept: pointers of the caller must be checked again. */
static __attribute__((noinline)) int wait_event(struct process *parent, const struct wanted *wanted, struct process **child,
						enum event *event, bool *slept)
{
	int error;

	while ((error = find_event(parent, wanted, child, event)) == -EAGAIN) {
		if (wanted->options & ABI_WNOHANG)
			return -EAGAIN;
		*slept = true;
		error = waitq_sleep(&parent->child_ended, SLEEP_INTERRUPTIBLE, TICKS_NEVER);
		if (error < 0)
			return error;
	}
	return error;
}

/* What the child and its children have used, once it has ended; nothing before. */
static void usage_fill(struct abi_rusage *usage, const struct process *child)
{
	usage_set(usage, child->state == PROCESS_ZOMBIE ? child->runtime + child->children_runtime : 0);
}

static int status_of(const struct process *child, enum event event)
{
	if (event == EVENT_STOP)
		return PROCESS_STATUS_STOPPED(child->stopped);
	return event == EVENT_CONTINUE ? ABI_W_CONTINUED_STATUS : child->status;
}

/* The event has been told. */
static void event_take(struct process *parent, struct process *child, enum event event)
{
	child->report = 0;
	if (event != EVENT_END)
		return;
	parent->children_runtime += child->runtime + child->children_runtime;
	process_destroy(child);
}

static bool results_writable(const int *status, const struct abi_rusage *usage)
{
	return user_writable(status, status ? sizeof *status : 0) && user_writable(usage, usage ? sizeof *usage : 0);
}

/* Waiting by pid, the four forms of waitpid. */
static struct wanted wanted_by_pid(int pid, int options)
{
	int type = pid > 0 ? ABI_P_PID : pid == -1 ? ABI_P_ALL : ABI_P_PGID;
	int id = pid == 0 ? process_current()->pgrp : pid < 0 ? (int)(0u - (unsigned)pid) : pid; /* INT_MIN: of no group */

	return (struct wanted){type, id, options | ABI_WEXITED};
}

/* What most waits find: the child of that pid, or any, has ended already. */
static struct process *find_zombie(struct process *parent, int pid)
{
	list_for_each(it, &parent->children) {
		struct process *child = list_entry(it, struct process, sibling);

		if (child->state == PROCESS_ZOMBIE &&
		    (child->pid == pid || (pid == -1 && !(child->fork_flags & ABI_FORK_WAITPID))))
			return child;
	}
	return NULL;
}

static long reap(struct process *parent, struct process *child, int *status, struct abi_rusage *usage)
{
	int pid = child->pid;

	if (status)
		*status = child->status;
	if (usage)
		usage_fill(usage, child);
	event_take(parent, child, EVENT_END);
	return pid;
}

static __attribute__((noinline)) long wait_long(int pid, int *status, int options, struct abi_rusage *usage)
{
	struct process *parent = process_current(), *child;
	struct wanted wanted = wanted_by_pid(pid, options);
	enum event event;
	bool slept = false;
	int error = wait_event(parent, &wanted, &child, &event, &slept);
	if (error < 0)
		return error == -EAGAIN ? 0 : error;
	if (slept && !results_writable(status, usage))
		return -EFAULT;
	if (status)
		*status = status_of(child, event);
	if (usage)
		usage_fill(usage, child);
	pid = child->pid;
	event_take(parent, child, event);
	return pid;
}

long sys_wait4(int pid, int *status, int options, struct abi_rusage *usage)
{
	struct process *parent = process_current(), *child;

	if (options & ~(ABI_WNOHANG | ABI_WUNTRACED | ABI_WCONTINUED))
		return -EINVAL;
	child = find_zombie(parent, pid);
	return child ? reap(parent, child, status, usage) : wait_long(pid, status, options, usage);
}

static void info_fill(struct abi_siginfo *info, const struct process *child, enum event event)
{
	int status = status_of(child, event);

	*info = (struct abi_siginfo){.si_signo = ABI_SIGCHLD, .si_pid = child->pid};
	if (event == EVENT_CONTINUE) {
		info->si_code = ABI_CLD_CONTINUED;
		info->si_status = ABI_SIGCONT;
	} else if (event == EVENT_STOP || !(status & 0x7f)) {
		info->si_code = event == EVENT_STOP ? ABI_CLD_STOPPED : ABI_CLD_EXITED;
		info->si_status = status >> 8;
	} else {
		info->si_code = ABI_CLD_KILLED;
		info->si_status = status & 0x7f;
	}
}

long sys_waitid(int idtype, int id, struct abi_siginfo *info, int options)
{
	struct process *parent = process_current(), *child;
	struct wanted wanted = {idtype, id, options};
	enum event event;
	bool slept = false;
	int error;

	if (idtype < ABI_P_ALL || idtype > ABI_P_PGID || !(options & (ABI_WEXITED | ABI_WSTOPPED | ABI_WCONTINUED)) ||
	    (options & ~(ABI_WEXITED | ABI_WSTOPPED | ABI_WCONTINUED | ABI_WNOHANG | ABI_WNOWAIT)))
		return -EINVAL;
	if (idtype == ABI_P_PGID && id == 0)
		wanted.id = parent->pgrp;
	error = wait_event(parent, &wanted, &child, &event, &slept);
	if (error < 0 && error != -EAGAIN)
		return error;
	if (slept && !user_writable(info, info ? sizeof *info : 0))
		return -EFAULT;
	if (error == -EAGAIN) {
		if (info)
			*info = (struct abi_siginfo){0};
		return 0;
	}
	if (info)
		info_fill(info, child, event);
	if (!(options & ABI_WNOWAIT))
		event_take(parent, child, event);
	return 0;
}
