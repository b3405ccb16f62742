/*
 * Process groups and sessions: numbers in struct process, named after their leaders. A group exists while a process carries its number.
 */
#include "internal.h"

static struct process *process_or_self(int pid)
{
	return pid == 0 ? process_current() : process_find(pid);
}

static bool group_in_session(unsigned pgrp, unsigned session)
{
	for (struct process *it = process_next(NULL); it; it = process_next(it))
		if (it->pgrp == pgrp && it->session == session)
			return true;
	return false;
}

/* No member has a parent in another group of the same session: nobody could continue it (POSIX 3.260). */
bool group_orphaned(unsigned pgrp)
{
	for (struct process *it = process_next(NULL); it; it = process_next(it)) {
		const struct process *parent = it->parent;

		if (it->pgrp == pgrp && it->thread && parent && parent->pgrp != pgrp && parent->session == it->session)
			return false;
	}
	return true;
}

long sys_setpgid(int pid, int pgid)
{
	struct process *self = process_current(), *process = process_or_self(pid);

	if (pgid < 0)
		return -EINVAL;
	if (!process || (process != self && process->parent != self))
		return -ESRCH;
	if (process != self && process->has_execed)
		return -EACCES;
	if (pgid == 0)
		pgid = process->pid;
	if (process->session != self->session || process->session == process->pid)
		return -EPERM;
	if (pgid != process->pid && !group_in_session((unsigned)pgid, self->session))
		return -EPERM;
	process->pgrp = (uint16_t)pgid;
	return 0;
}

long sys_getpgid(int pid)
{
	const struct process *process = process_or_self(pid);

	return process ? process->pgrp : -ESRCH;
}

long sys_setsid(void)
{
	struct process *self = process_current();

	for (struct process *it = process_next(NULL); it; it = process_next(it))
		if (it->pgrp == self->pid)
			return -EPERM;
	self->pgrp = self->session = self->pid;
	return self->pid;
}

long sys_getsid(int pid)
{
	const struct process *process = process_or_self(pid);

	return process ? process->session : -ESRCH;
}
