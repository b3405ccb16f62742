#include <sched.h>

int sched_setparam(pid_t pid, const struct sched_param *parameters)
{
	int policy = sched_getscheduler(pid);

	if (policy < 0)
		return -1;
	return sched_setscheduler(pid, policy, parameters) < 0 ? -1 : 0;
}
