/* Row 1: what vfork returns: 0 in the child, the pid of the child in the parent. */
#include "suite.h"

static int zero_in_the_child_its_pid_in_the_parent(void)
{
	volatile pid_t result = -1, child = -1;
	pid_t pid = vfork();

	if (pid == 0) {
		result = pid;
		child = getpid();
		_exit(7);
	}
	CHECK(pid > 0);
	CHECK_EQUAL(suite_end(pid), 7);
	CHECK_EQUAL(result, 0);
	CHECK_EQUAL(child, pid);
	return 0;
}

static int the_child_is_a_process_of_the_caller(void)
{
	pid_t self = getpid();
	pid_t pid = vfork();

	if (pid == 0)
		_exit(getppid() == self && getpid() != self ? 0 : 1);
	CHECK(pid > 0);
	CHECK(pid != self);
	CHECK_EQUAL(getpid(), self);
	CHECK_EQUAL(suite_end(pid), 0);
	return 0;
}

static pid_t start_one_that_exits(int status)
{
	pid_t pid = vfork();

	if (pid == 0)
		_exit(status);
	return pid;
}

static int every_child_has_a_pid_of_its_own(void)
{
	pid_t pids[8];

	for (int i = 0; i < 8; i++) {
		pids[i] = start_one_that_exits(i);
		CHECK(pids[i] > 0);
		for (int k = 0; k < i; k++)
			CHECK(pids[k] != pids[i]);
	}
	for (int i = 0; i < 8; i++)
		CHECK_EQUAL(suite_end(pids[i]), i);
	return 0;
}

SUITE(row01_results, CASE(zero_in_the_child_its_pid_in_the_parent, BY_ALL_MANUALS),
	CASE(the_child_is_a_process_of_the_caller, BY_POSIX), CASE(every_child_has_a_pid_of_its_own, BY_POSIX))
