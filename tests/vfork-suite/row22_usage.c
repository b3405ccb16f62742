/* Row 22: wait4 gives the status and what the child used. */
#include "suite.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#define BURN 100 /* milliseconds */

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)(now.tv_sec % 1000000) * 1000 + now.tv_nsec / 1000000;
}

IN_CHILD void burn(void)
{
	long end = milliseconds() + BURN;

	while (milliseconds() < end)
		continue;
}

static int wait4_tells_what_the_child_used(void)
{
	struct rusage usage;
	int status;
	long used;
	pid_t pid;

	memset(&usage, 0, sizeof usage);
	pid = vfork();
	if (pid == 0) {
		burn();
		_exit(3);
	}
	CHECK_EQUAL(wait4(pid, &status, 0, &usage), pid);
	CHECK_EQUAL(WEXITSTATUS(status), 3);
	used = (long)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
	       (long)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
	CHECK(used > 0);
	return 0;
}

SUITE(row22_usage, CASE(wait4_tells_what_the_child_used, BY_POSIX))
