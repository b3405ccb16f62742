/* Row 8: timers are the parent's alone: the child has none, and what it sets is its own. */
#include "suite.h"

#include <sys/time.h>

static int an_alarm_is_not_inherited(void)
{
	volatile unsigned left = 99;
	pid_t pid;

	alarm(25);
	pid = vfork();
	if (pid == 0) {
		left = alarm(0);
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(left, 0);
	CHECK(alarm(25) > 0);
	return 0;
}

/* Seconds, rounded up; -1 when it cannot be told. */
IN_CHILD long seconds_left(void)
{
	struct itimerval timer;

	if (getitimer(ITIMER_REAL, &timer) < 0)
		return -1;
	return (long)timer.it_value.tv_sec + (timer.it_value.tv_usec != 0);
}

static int an_interval_timer_is_not_inherited(void)
{
	struct itimerval timer = {{0, 0}, {25, 0}};
	volatile long left = 99;
	pid_t pid;

	CHECK_EQUAL(setitimer(ITIMER_REAL, &timer, NULL), 0);
	pid = vfork();
	if (pid == 0) {
		left = seconds_left();
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(left, 0);
	CHECK(seconds_left() > 0);
	return 0;
}

SUITE(row08_timers, CASE(an_alarm_is_not_inherited, BY_POSIX), CASE(an_interval_timer_is_not_inherited, BY_POSIX))
