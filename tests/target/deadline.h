/* Moments by a clock, for calls that wait until one. */
#pragma once

#include <time.h>

/* A moment that many milliseconds from now. */
static inline struct timespec moment(clockid_t clock, long milliseconds)
{
	struct timespec now;

	clock_gettime(clock, &now);
	now.tv_sec += milliseconds / 1000;
	now.tv_nsec += milliseconds % 1000 * 1000000;
	now.tv_sec += now.tv_nsec / 1000000000;
	now.tv_nsec %= 1000000000;
	return now;
}

/* Whether the moment has come. */
static inline int has_passed(clockid_t clock, const struct timespec *moment)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec > moment->tv_sec || (now.tv_sec == moment->tv_sec && now.tv_nsec >= moment->tv_nsec);
}
