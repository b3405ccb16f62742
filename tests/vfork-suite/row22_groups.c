/* Row 22: waitpid for a group: 0 means the caller's own, -group that one. */
#include "suite.h"

/* The status to end with, in a group of its own or in its parent's. */
IN_CHILD int settle(int own_group, int status)
{
	return own_group && setpgid(0, 0) != 0 ? 99 : status;
}

static pid_t start(int own_group, int status)
{
	pid_t pid = vfork();

	if (pid == 0)
		_exit(settle(own_group, status));
	return pid;
}

static int status_of(pid_t which, pid_t *pid)
{
	int status = 0;

	*pid = waitpid(which, &status, 0);
	return WEXITSTATUS(status);
}

static int zero_is_the_callers_group(void)
{
	pid_t other = start(1, 1), same = start(0, 2), pid;

	CHECK_EQUAL(status_of(0, &pid), 2);
	CHECK_EQUAL(pid, same);
	CHECK_EQUAL(waitpid(0, NULL, WNOHANG), -1);
	CHECK_EQUAL(errno, ECHILD);
	CHECK_EQUAL(suite_end(other), 1);
	return 0;
}

static int a_negative_number_is_a_group(void)
{
	pid_t first = start(1, 1), second = start(1, 2), pid;

	CHECK_EQUAL(status_of(-second, &pid), 2);
	CHECK_EQUAL(pid, second);
	CHECK_EQUAL(waitpid(-second, NULL, WNOHANG), -1);
	CHECK_EQUAL(errno, ECHILD);
	CHECK_EQUAL(status_of(-first, &pid), 1);
	CHECK_EQUAL(pid, first);
	return 0;
}

SUITE(row22_groups, CASE(zero_is_the_callers_group, BY_POSIX), CASE(a_negative_number_is_a_group, BY_POSIX))
