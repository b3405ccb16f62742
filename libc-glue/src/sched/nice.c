#include <sys/resource.h>
#include <unistd.h>

/* Beyond this an increment makes no difference. */
#define RANGE (PRIO_MAX - PRIO_MIN)

int nice(int increment)
{
	increment = increment > RANGE ? RANGE : increment < -RANGE ? -RANGE : increment;
	if (setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + increment) < 0)
		return -1;
	return getpriority(PRIO_PROCESS, 0);
}
