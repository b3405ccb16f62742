/* Row 22: with SIGCHLD ignored, children leave no zombie: wait sleeps until the last is gone and then gives ECHILD. */
#include "suite.h"

#include <signal.h>

static int ends_when_told(void)
{
	suite_receive(SUITE_IN);
	suite_send(SUITE_OUT, 'e');
	return 4;
}

static int ended_children_are_gone(void)
{
	pid_t pid;

	CHECK(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
	pid = vfork();
	if (pid == 0)
		_exit(3);
	CHECK(pid > 0);
	CHECK_EQUAL(waitpid(pid, NULL, 0), -1);
	CHECK_EQUAL(errno, ECHILD);
	return 0;
}

static int wait_sleeps_until_the_last_is_gone(void)
{
	int in[2], out[2];
	pid_t pid;

	CHECK(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
	CHECK_EQUAL(suite_pipe(in), 0);
	CHECK_EQUAL(suite_pipe(out), 0);
	pid = suite_start("ends_when_told", in[0], out[1]);
	CHECK(pid > 0);
	close(out[1]);
	CHECK_EQUAL(waitpid(-1, NULL, WNOHANG), 0);
	CHECK_EQUAL(suite_send(in[1], 'g'), 1);
	CHECK_EQUAL(wait(NULL), -1);
	CHECK_EQUAL(errno, ECHILD);
	CHECK_EQUAL(suite_receive(out[0]), 'e');
	CHECK_EQUAL(suite_receive(out[0]), -1);
	return 0;
}

SUITE(row22_ignored, CASE(ended_children_are_gone, BY_POSIX), CASE(wait_sleeps_until_the_last_is_gone, BY_POSIX),
	HELPER(ends_when_told))
