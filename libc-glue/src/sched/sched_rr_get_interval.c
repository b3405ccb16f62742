#include <sched.h>
#include <time.h>

#include "abi/abi.h"

int sched_rr_get_interval(pid_t pid, struct timespec *interval)
{
	int policy = sched_getscheduler(pid);

	if (policy < 0)
		return -1;
	*interval = (struct timespec){.tv_nsec = policy == SCHED_FIFO ? 0 : ABI_SCHED_SLICE_NS};
	return 0;
}
