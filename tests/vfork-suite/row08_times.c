/* Row 8: the child's CPU times start at 0. */
#include "suite.h"

#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#define BURN 200000 /* microseconds */

static long used(int who)
{
	struct rusage usage;

	if (getrusage(who, &usage) < 0)
		return -1;
	return (long)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L + (long)usage.ru_utime.tv_usec +
	       (long)usage.ru_stime.tv_usec;
}

IN_CHILD void burn(void)
{
	while (used(RUSAGE_SELF) < BURN)
		continue;
}

static int times_start_at_zero(void)
{
	volatile long own = -1, children = -1;
	pid_t pid;

	burn();
	pid = vfork();
	if (pid == 0) {
		own = used(RUSAGE_SELF);
		children = used(RUSAGE_CHILDREN);
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK(own >= 0 && own < BURN / 2);
	CHECK_EQUAL(children, 0);
	CHECK(used(RUSAGE_SELF) >= BURN);
	return 0;
}

static int times_of_a_child_are_added_when_it_is_waited_for(void)
{
	pid_t pid;

	CHECK_EQUAL(used(RUSAGE_CHILDREN), 0);
	pid = vfork();
	if (pid == 0) {
		burn();
		_exit(0);
	}
	CHECK_EQUAL(used(RUSAGE_CHILDREN), 0);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK(used(RUSAGE_CHILDREN) >= BURN);
	return 0;
}

SUITE(row08_times, CASE(times_start_at_zero, BY_POSIX),
	CASE(times_of_a_child_are_added_when_it_is_waited_for, BY_POSIX))
