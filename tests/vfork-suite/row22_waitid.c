/* Row 22: waitid: by pid, by group and any; exits, stops and continues; and looking without reaping (WNOWAIT). */
#include "suite.h"

#include <signal.h>
#include <string.h>

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

static int it_tells_pid_code_and_status(void)
{
	pid_t pid = start_one_that_exits(5);
	siginfo_t info;

	memset(&info, 0, sizeof info);
	CHECK_EQUAL(waitid(P_PID, (id_t)pid, &info, WEXITED), 0);
	CHECK_EQUAL(info.si_signo, SIGCHLD);
	CHECK_EQUAL(info.si_code, CLD_EXITED);
	CHECK_EQUAL(info.si_pid, pid);
	CHECK_EQUAL(info.si_status, 5);
	CHECK_EQUAL(waitid(P_PID, (id_t)pid, &info, WEXITED), -1);
	CHECK_EQUAL(errno, ECHILD);
	return 0;
}

static int wnowait_leaves_the_child(void)
{
	pid_t pid = start_one_that_exits(5);
	siginfo_t info;

	for (int i = 0; i < 2; i++) {
		memset(&info, 0, sizeof info);
		CHECK_EQUAL(waitid(P_ALL, 0, &info, WEXITED | WNOWAIT), 0);
		CHECK_EQUAL(info.si_pid, pid);
	}
	CHECK_EQUAL(suite_end(pid), 5);
	return 0;
}

static int a_group_is_waited_for(void)
{
	siginfo_t info;
	pid_t other = start_one_that_exits(1), pid = vfork();

	if (pid == 0)
		_exit(setpgid(0, 0) != 0 ? 99 : 2);
	memset(&info, 0, sizeof info);
	CHECK_EQUAL(waitid(P_PGID, (id_t)pid, &info, WEXITED), 0);
	CHECK_EQUAL(info.si_pid, pid);
	CHECK_EQUAL(info.si_status, 2);
	CHECK_EQUAL(suite_end(other), 1);
	return 0;
}

static int only_what_is_asked_for_is_told(void)
{
	siginfo_t info;
	int in[2];
	pid_t pid;

	CHECK_EQUAL(suite_pipe(in), 0);
	pid = suite_start("ends_when_told", in[0], -1);
	CHECK(pid > 0);
	memset(&info, 0, sizeof info);
	CHECK_EQUAL(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG), 0);
	CHECK_EQUAL(info.si_pid, 0);
	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	CHECK_EQUAL(waitid(P_PID, (id_t)pid, &info, WSTOPPED), 0);
	CHECK_EQUAL(info.si_code, CLD_STOPPED);
	CHECK_EQUAL(info.si_status, SIGSTOP);
	CHECK_EQUAL(kill(pid, SIGCONT), 0);
	CHECK_EQUAL(waitid(P_PID, (id_t)pid, &info, WCONTINUED), 0);
	CHECK_EQUAL(info.si_code, CLD_CONTINUED);
	CHECK_EQUAL(kill(pid, SIGKILL), 0);
	CHECK_EQUAL(waitid(P_PID, (id_t)pid, &info, WEXITED), 0);
	CHECK_EQUAL(info.si_code, CLD_KILLED);
	CHECK_EQUAL(info.si_status, SIGKILL);
	return 0;
}

SUITE(row22_waitid, CASE(it_tells_pid_code_and_status, BY_POSIX), CASE(wnowait_leaves_the_child, BY_POSIX),
	CASE(a_group_is_waited_for, BY_POSIX), CASE(only_what_is_asked_for_is_told, BY_POSIX), HELPER(ends_when_told))
