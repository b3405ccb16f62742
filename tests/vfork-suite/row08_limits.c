/* Row 8: resource limits are copied: inherited, and the child's changes are its own. */
#include "suite.h"

#include <sys/resource.h>

static volatile unsigned long inherited;

IN_CHILD int note_and_change_the_limit(void)
{
	struct rlimit own;

	if (getrlimit(RLIMIT_NOFILE, &own) < 0)
		return -1;
	inherited = (unsigned long)own.rlim_cur;
	own.rlim_cur = 30;
	return setrlimit(RLIMIT_NOFILE, &own);
}

static int limits_are_inherited_and_not_shared(void)
{
	struct rlimit limit;
	pid_t pid;

	CHECK_EQUAL(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = 40;
	CHECK_EQUAL(setrlimit(RLIMIT_NOFILE, &limit), 0);
	pid = vfork();
	if (pid == 0)
		_exit(note_and_change_the_limit() != 0);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(inherited, 40);
	CHECK_EQUAL(getrlimit(RLIMIT_NOFILE, &limit), 0);
	CHECK_EQUAL(limit.rlim_cur, 40);
	return 0;
}

SUITE(row08_limits, CASE(limits_are_inherited_and_not_shared, BY_POSIX))
