#include <stddef.h>
#include <time.h>

#include "abi/abi.h"

int clock_getres(clockid_t clock, struct timespec *resolution)
{
	struct timespec unwanted;

	return clock_gettime(clock | ABI_CLOCK_RESOLUTION, resolution ? resolution : &unwanted);
}
