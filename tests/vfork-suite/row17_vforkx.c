/*
 * Row 17: vforkx(flags). FORK_NOSIGCHLD: its end sends no SIGCHLD. FORK_WAITPID: only a waitpid for that very pid reaps
 * it. Any other bit: EINVAL. 0: vfork.
 */
#include "suite.h"

#if __has_include(<sys/fork.h>)

#include <sys/fork.h>

#include "handlers.h"

static int no_flag_is_vfork(void)
{
	volatile int mark = 0;
	pid_t pid;

	CHECK_EQUAL(catch_signal(SIGCHLD), 0);
	pid = vforkx(0);
	if (pid == 0) {
		mark = 1;
		_exit(7);
	}
	CHECK_EQUAL(mark, 1);
	CHECK_EQUAL(suite_end(pid), 7);
	CHECK_EQUAL(caught[SIGCHLD], 1);
	return 0;
}

static int nosigchld_sends_none(void)
{
	pid_t pid;

	CHECK_EQUAL(catch_signal(SIGCHLD), 0);
	pid = vforkx(FORK_NOSIGCHLD);
	if (pid == 0)
		_exit(7);
	CHECK_EQUAL(suite_end(pid), 7);
	CHECK_EQUAL(caught[SIGCHLD], 0);
	return 0;
}

static int nosigchld_holds_after_an_exec(void)
{
	pid_t pid;

	CHECK_EQUAL(catch_signal(SIGCHLD), 0);
	pid = vforkx(FORK_NOSIGCHLD);
	if (pid == 0) {
		suite_exec("does_nothing");
		_exit(127);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(caught[SIGCHLD], 0);
	return 0;
}

static int does_nothing(void)
{
	return 0;
}

static int waitpid_is_reaped_by_its_pid_only(void)
{
	pid_t other, pid = vforkx(FORK_WAITPID);

	if (pid == 0)
		_exit(7);
	CHECK_EQUAL(waitpid(-1, NULL, WNOHANG), -1);
	CHECK_EQUAL(errno, ECHILD);
	other = vfork();
	if (other == 0)
		_exit(8);
	CHECK_EQUAL(waitpid(-1, NULL, 0), other);
	CHECK_EQUAL(suite_end(pid), 7);
	CHECK_EQUAL(waitpid(pid, NULL, WNOHANG), -1);
	return 0;
}

static int waitpid_outlasts_an_ignored_sigchld(void)
{
	pid_t pid;

	CHECK_EQUAL(set_action(SIGCHLD, SIG_IGN), 0);
	pid = vforkx(FORK_WAITPID | FORK_NOSIGCHLD);
	if (pid == 0)
		_exit(7);
	CHECK_EQUAL(suite_end(pid), 7);
	return 0;
}

static int is_einval(int flag)
{
	pid_t pid = vforkx(flag);

	if (pid == 0)
		_exit(0);
	CHECK_EQUAL(pid, -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int other_bits_are_einval(void)
{
	for (int bit = 0; bit < 31; bit++) {
		if (1 << bit == FORK_NOSIGCHLD || 1 << bit == FORK_WAITPID)
			continue;
#ifdef FORK_SIGDFL
		if (1 << bit == FORK_SIGDFL)
			continue;
#endif
		if (is_einval(1 << bit))
			return 1;
	}
	return 0;
}

SUITE(row17_vforkx, CASE(no_flag_is_vfork, BY_SOLARIS | BY_SUBLET), CASE(nosigchld_sends_none, BY_SOLARIS | BY_SUBLET),
	CASE(nosigchld_holds_after_an_exec, BY_SOLARIS | BY_SUBLET),
	CASE(waitpid_is_reaped_by_its_pid_only, BY_SOLARIS | BY_SUBLET),
	CASE(waitpid_outlasts_an_ignored_sigchld, BY_SOLARIS | BY_SUBLET),
	CASE(other_bits_are_einval, BY_SOLARIS | BY_SUBLET), HELPER(does_nothing))

#else

static int vforkx_exists(void)
{
	errno = ENOSYS;
	CHECK(!"there is <sys/fork.h>");
	return 0;
}

SUITE(row17_vforkx, CASE(vforkx_exists, BY_SOLARIS | BY_SUBLET))

#endif
