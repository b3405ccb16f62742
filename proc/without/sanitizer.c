/*
 * In place of proc/sanitizer.c on a board that leaves it out (vforksan of BOARD_WITHOUT): nothing can be watched.
 */
#include "../internal.h"

long sanitizer_call(struct process *process, const struct guarded_call *call)
{
	(void)process;
	return guard_call(call);
}

long sys_vforksan(int pid, int mode)
{
	(void)pid;
	(void)mode;
	return -ENOSYS;
}
