/*
 * Timers that send SIGALRM: alarm, ualarm, setitimer.
 */
#include "harness.h"
#include "signalling.h"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static int alarm_tells_what_was_left(void)
{
	CHECK_EQUAL(handle(SIGALRM, note, 0), 0);
	CHECK_EQUAL(alarm(100), 0);
	CHECK_EQUAL(alarm(50), 100);
	CHECK_EQUAL(alarm(0), 50);
	CHECK_EQUAL(alarm(0), 0);
	CHECK_EQUAL(ualarm(3000, 0), 0);
	CHECK_EQUAL(pause(), -1);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(order[0], SIGALRM);
	CHECK_EQUAL(alarm(0), 0);
	return 0;
}

static int a_timer_repeats_until_it_is_disarmed(void)
{
	struct itimerval timer = {.it_value = {0, 2000}, .it_interval = {0, 1000}}, old;

	CHECK_EQUAL(handle(SIGALRM, note, 0), 0);
	CHECK_EQUAL(setitimer(ITIMER_REAL, &timer, NULL), 0);
	while (calls < 5)
		;
	CHECK_EQUAL(setitimer(ITIMER_REAL, &(struct itimerval){0}, &old), 0);
	CHECK_EQUAL(old.it_interval.tv_usec, 1000);
	int before = calls;
	CHECK_EQUAL(usleep(5000), 0);
	CHECK_EQUAL(calls, before);
	CHECK_EQUAL(getitimer(ITIMER_REAL, &old), 0);
	CHECK(old.it_value.tv_sec == 0 && old.it_value.tv_usec == 0);
	return 0;
}

static int timers_refuse_what_is_no_time(void)
{
	struct itimerval timer = {.it_value = {0, 1000000}};

	CHECK_EQUAL(setitimer(ITIMER_REAL, &timer, NULL), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {-1, 0}}, NULL), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(setitimer(17, &(struct itimerval){0}, NULL), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(getitimer(17, &timer), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

TARGET_CASES(itimer, CASE(alarm_tells_what_was_left), CASE(a_timer_repeats_until_it_is_disarmed),
	     CASE(timers_refuse_what_is_no_time))
