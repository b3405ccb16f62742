/*
 * Process groups and sessions: joining, leaving, and what kill and wait reach by them.
 */
#include "harness.h"
#include "helpers.h"
#include "signalling.h"

#include <sys/wait.h>
#include <unistd.h>

static int wait_and_kill_reach_groups(void)
{
	int status;
	pid_t leader = grouped(0), member = grouped(leader), other = grouped(0);

	CHECK_EQUAL(getpgid(leader), leader);
	CHECK_EQUAL(getpgid(member), leader);
	CHECK_EQUAL(getpgid(other), other);
	CHECK_EQUAL(kill(-leader, 0), 0);
	CHECK_EQUAL(kill(-leader, SIGTERM), 0);
	CHECK_EQUAL(waitpid(0, NULL, WNOHANG), -1); /* none of them is in our group */
	CHECK_EQUAL(errno, ECHILD);
	CHECK(waitpid(-leader, &status, 0) > 0);
	CHECK_EQUAL(WTERMSIG(status), SIGTERM);
	CHECK(waitpid(-leader, &status, 0) > 0);
	CHECK_EQUAL(WTERMSIG(status), SIGTERM);
	CHECK_EQUAL(waitpid(-leader, &status, 0), -1);
	CHECK_EQUAL(errno, ECHILD);
	CHECK_EQUAL(kill(-leader, SIGTERM), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(killpg(other, SIGHUP), 0);
	CHECK_EQUAL(waitpid(-other, &status, 0), other);
	CHECK_EQUAL(WTERMSIG(status), SIGHUP);
	return 0;
}

static int kill_0_reaches_the_callers_group(void)
{
	CHECK_EQUAL(setpgid(0, 0), 0);
	CHECK_EQUAL(handle(SIGUSR1, note, 0), 0);
	pid_t ours = sleeper(), other = grouped(0);
	CHECK_EQUAL(getpgid(ours), getpid());
	CHECK_EQUAL(kill(0, SIGUSR1), 0);
	CHECK_EQUAL(WTERMSIG(target_wait(ours)), SIGUSR1);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(waitpid(other, NULL, WNOHANG), 0);
	CHECK_EQUAL(WTERMSIG(target_end(other)), SIGKILL);
	return 0;
}

static int setpgid_refuses_what_posix_says(void)
{
	pid_t pid = sleeper();

	CHECK_EQUAL(setpgid(0, -1), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(setpgid(getppid(), 0), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(setpgid(1000000, 0), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(setpgid(pid, 0), -1); /* it has called exec */
	CHECK_EQUAL(errno, EACCES);
	CHECK_EQUAL(setpgid(0, 32000), -1); /* no such group */
	CHECK_EQUAL(errno, EPERM);
	CHECK_EQUAL(getpgid(1000000), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(getsid(1000000), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(WTERMSIG(target_end(pid)), SIGKILL);
	CHECK_EQUAL(setpgid(0, 0), 0);
	CHECK_EQUAL(getpgrp(), getpid());
	CHECK_EQUAL(setpgrp(), getpid());
	return 0;
}

static int setsid_makes_a_session(void)
{
	volatile int ok = 0, again = 0, leave = 0;
	pid_t group = getpgrp(), session = getsid(0), pid = vfork();

	if (pid == 0) {
		ok = setsid() == getpid() && getsid(0) == getpid() && getpgrp() == getpid();
		again = setsid() == -1 && errno == EPERM;
		leave = setpgid(0, group) == -1 && errno == EPERM;
		_exit(0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK(ok);
	CHECK(again);
	CHECK(leave);
	CHECK_EQUAL(getpgrp(), group);
	CHECK_EQUAL(getsid(0), session);
	return 0;
}

TARGET_CASES(groups, CASE(wait_and_kill_reach_groups), CASE(kill_0_reaches_the_callers_group),
	     CASE(setpgid_refuses_what_posix_says), CASE(setsid_makes_a_session), HELPER(waits_for_a_signal))
