/* Row 22: children that stop and continue: WUNTRACED, WCONTINUED, and the status macros for both. */
#include "suite.h"

#include <signal.h>

static int ends_when_told(void)
{
	suite_receive(SUITE_IN);
	return 4;
}

static int stops_and_continues_are_told(void)
{
	int in[2], status;
	pid_t pid;

	CHECK_EQUAL(suite_pipe(in), 0);
	pid = suite_start("ends_when_told", in[0], -1);
	CHECK(pid > 0);
	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
	CHECK(WIFSTOPPED(status) && !WIFEXITED(status) && !WIFSIGNALED(status) && !WIFCONTINUED(status));
	CHECK_EQUAL(WSTOPSIG(status), SIGSTOP);
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED | WNOHANG), 0);
	CHECK_EQUAL(kill(pid, SIGCONT), 0);
	CHECK_EQUAL(waitpid(pid, &status, WCONTINUED), pid);
	CHECK(WIFCONTINUED(status) && !WIFSTOPPED(status) && !WIFEXITED(status) && !WIFSIGNALED(status));
	CHECK_EQUAL(waitpid(pid, &status, WCONTINUED | WNOHANG), 0);
	CHECK_EQUAL(suite_send(in[1], 'g'), 1);
	CHECK_EQUAL(suite_end(pid), 4);
	return 0;
}

static int without_asking_they_are_not(void)
{
	int in[2], status;
	pid_t pid;

	CHECK_EQUAL(suite_pipe(in), 0);
	pid = suite_start("ends_when_told", in[0], -1);
	CHECK(pid > 0);
	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
	CHECK_EQUAL(kill(pid, SIGCONT), 0);
	CHECK_EQUAL(waitpid(pid, &status, WNOHANG), 0);
	CHECK_EQUAL(waitpid(pid, &status, WNOHANG | WUNTRACED), 0);
	CHECK_EQUAL(kill(pid, SIGKILL), 0);
	CHECK_EQUAL(suite_end(pid), SUITE_SIGNAL + SIGKILL);
	return 0;
}

SUITE(row22_stopped, CASE(stops_and_continues_are_told, BY_POSIX), CASE(without_asking_they_are_not, BY_POSIX),
	HELPER(ends_when_told))
