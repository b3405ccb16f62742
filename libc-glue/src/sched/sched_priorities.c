/* The ranges of priorities. */
#include <errno.h>
#include <sched.h>

#include "abi/abi.h"

static int of_policy(int policy, int real_time)
{
	switch (policy) {
	case SCHED_OTHER:
		return 0;
	case SCHED_FIFO:
	case SCHED_RR:
		return real_time;
	default:
		errno = EINVAL;
		return -1;
	}
}

int sched_get_priority_min(int policy)
{
	return of_policy(policy, ABI_SCHED_PRIORITY_MIN);
}

int sched_get_priority_max(int policy)
{
	return of_policy(policy, ABI_SCHED_PRIORITY_MAX);
}
