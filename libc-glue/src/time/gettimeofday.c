/* Also under the name by which newlib's time() calls it. */
#include <reent.h>
#include <sys/time.h>
#include <time.h>

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	struct timespec ts;

	(void)zone;
	if (clock_gettime(CLOCK_REALTIME, &ts) != 0)
		return -1;
	now->tv_sec = ts.tv_sec;
	now->tv_usec = ts.tv_nsec / 1000;
	return 0;
}

int _gettimeofday_r(struct _reent *reent, struct timeval *now, void *zone)
{
	(void)reent;
	return gettimeofday(now, zone);
}
