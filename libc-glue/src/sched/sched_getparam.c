#include <sched.h>

#include "../../syscall/syscall.h"

int sched_getparam(pid_t pid, struct sched_param *parameters)
{
	return sys_sched_getscheduler(pid, &parameters->sched_priority) < 0 ? -1 : 0;
}
