#include <sched.h>
#include <stddef.h>

#include "../../syscall/syscall.h"

int sched_getscheduler(pid_t pid)
{
	return sys_sched_getscheduler(pid, NULL);
}
