/* Row 22: wait and waitpid: which child, whether to wait, and what the status says. */
#include "suite.h"

#include <signal.h>

static pid_t start_one_that_exits(int status)
{
	pid_t pid = vfork();

	if (pid == 0)
		_exit(status);
	return pid;
}

static int ends_when_told(void)
{
	suite_receive(SUITE_IN);
	return 4;
}

static int wait_takes_any_child(void)
{
	pid_t pid = start_one_that_exits(5);
	int status;

	CHECK_EQUAL(wait(&status), pid);
	CHECK(WIFEXITED(status) && !WIFSIGNALED(status) && !WIFSTOPPED(status));
	CHECK_EQUAL(WEXITSTATUS(status), 5);
	CHECK_EQUAL(wait(&status), -1);
	CHECK_EQUAL(errno, ECHILD);
	return 0;
}

static int waitpid_takes_the_one_it_names(void)
{
	pid_t first = start_one_that_exits(1), second = start_one_that_exits(2), third = start_one_that_exits(3);

	CHECK_EQUAL(suite_end(second), 2);
	CHECK_EQUAL(suite_end(third), 3);
	CHECK_EQUAL(suite_end(first), 1);
	CHECK_EQUAL(waitpid(first, NULL, 0), -1);
	CHECK_EQUAL(errno, ECHILD);
	return 0;
}

static int waitpid_minus_one_takes_all_in_turn(void)
{
	int sum = 0, status;

	for (int i = 1; i <= 3; i++)
		CHECK(start_one_that_exits(i) > 0);
	for (int i = 0; i < 3; i++) {
		CHECK(waitpid(-1, &status, 0) > 0);
		sum += WEXITSTATUS(status);
	}
	CHECK_EQUAL(sum, 6);
	CHECK_EQUAL(waitpid(-1, &status, 0), -1);
	CHECK_EQUAL(errno, ECHILD);
	return 0;
}

static int wnohang_does_not_wait(void)
{
	int in[2], status;
	pid_t pid;

	CHECK_EQUAL(suite_pipe(in), 0);
	pid = suite_start("ends_when_told", in[0], -1);
	CHECK(pid > 0);
	CHECK_EQUAL(waitpid(pid, &status, WNOHANG), 0);
	CHECK_EQUAL(waitpid(-1, &status, WNOHANG), 0);
	CHECK_EQUAL(suite_send(in[1], 'g'), 1);
	CHECK_EQUAL(suite_end(pid), 4);
	CHECK_EQUAL(waitpid(-1, &status, WNOHANG), -1);
	CHECK_EQUAL(errno, ECHILD);
	return 0;
}

static int a_signal_is_told_by_its_number(void)
{
	int in[2], status;
	pid_t pid;

	CHECK_EQUAL(suite_pipe(in), 0);
	pid = suite_start("ends_when_told", in[0], -1);
	CHECK(pid > 0);
	CHECK_EQUAL(kill(pid, SIGTERM), 0);
	CHECK_EQUAL(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status) && !WIFEXITED(status) && !WIFSTOPPED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGTERM);
	return 0;
}

static int a_status_has_eight_bits(void)
{
	CHECK_EQUAL(suite_end(start_one_that_exits(0x1ff)), 0xff);
	CHECK_EQUAL(suite_end(start_one_that_exits(256)), 0);
	return 0;
}

static int others_than_children_are_echild(void)
{
	CHECK_EQUAL(waitpid(getpid(), NULL, 0), -1);
	CHECK_EQUAL(errno, ECHILD);
	CHECK_EQUAL(waitpid(getppid(), NULL, WNOHANG), -1);
	CHECK_EQUAL(errno, ECHILD);
	return 0;
}

static int unknown_options_are_einval(void)
{
	CHECK_EQUAL(waitpid(-1, NULL, 0x00100000), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

SUITE(row22_wait, CASE(wait_takes_any_child, BY_POSIX), CASE(waitpid_takes_the_one_it_names, BY_POSIX),
	CASE(waitpid_minus_one_takes_all_in_turn, BY_POSIX), CASE(wnohang_does_not_wait, BY_POSIX),
	CASE(a_signal_is_told_by_its_number, BY_POSIX), CASE(a_status_has_eight_bits, BY_POSIX),
	CASE(others_than_children_are_echild, BY_POSIX), CASE(unknown_options_are_einval, BY_POSIX),
	HELPER(ends_when_told))
