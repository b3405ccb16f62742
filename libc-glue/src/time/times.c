/* CPU times in units of sysconf(_SC_CLK_TCK), of the process and of the children that it has waited for. */
#include <sys/resource.h>
#include <sys/times.h>
#include <time.h>

static clock_t ticks_of(const struct timeval *time)
{
	return (clock_t)time->tv_sec * CLOCKS_PER_SEC + (clock_t)time->tv_usec / (1000000 / CLOCKS_PER_SEC);
}

/* Returns the time since the machine started, which comes round on rv32. */
clock_t times(struct tms *used)
{
	struct rusage own, children;
	struct timespec now;

	if (getrusage(RUSAGE_SELF, &own) < 0 || getrusage(RUSAGE_CHILDREN, &children) < 0 ||
	    clock_gettime(CLOCK_MONOTONIC, &now) < 0)
		return (clock_t)-1;
	used->tms_utime = ticks_of(&own.ru_utime);
	used->tms_stime = ticks_of(&own.ru_stime);
	used->tms_cutime = ticks_of(&children.ru_utime);
	used->tms_cstime = ticks_of(&children.ru_stime);
	return ticks_of(&(struct timeval){now.tv_sec, now.tv_nsec / 1000});
}
