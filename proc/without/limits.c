/*
 * In the place of proc/limits.c, for boards that do without resource limits and users (tools/cmake/Features.cmake): everybody is the superuser, and nothing is
 * limited.
 */
#include <abi/errno.h>
#include <kernel/panic.h>
#include <proc/limits.h>
#include <proc/syscalls.h>

bool caller_is_superuser(void)
{
	return true;
}

bool caller_may_act_on(const struct process *process)
{
	(void)process;
	return true;
}

bool limits_forbid_process(const struct process *process)
{
	(void)process;
	return false;
}

unsigned long limits_file_size(void)
{
	return ABI_RLIM_INFINITY;
}

long limits_file_exceeded(void)
{
	return -EFBIG;
}

void limits_release(struct limits *limits)
{
	ASSERT(!limits); /* nobody makes one */
}

/* Who one is can be asked; to become another is not possible. */
long sys_setids(int which, int id)
{
	if ((which != ABI_ID_USER && which != ABI_ID_GROUP) || id < -1)
		return -EINVAL;
	return id <= 0 ? 0 : -ENOSYS;
}
