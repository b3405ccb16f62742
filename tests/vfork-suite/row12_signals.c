/* Row 12: exec resets caught signals, keeps the mask, what is pending, and the alarm. */
#include "suite.h"

#include "handlers.h"

static int tells_that_nothing_is_caught(void)
{
	return !has_action(SIGUSR1, SIG_DFL) || !has_action(SIGUSR2, SIG_IGN);
}

static int tells_that_it_is_blocked_and_pending(void)
{
	sigset_t mask, pending;

	if (sigprocmask(SIG_BLOCK, NULL, &mask) < 0 || sigpending(&pending) < 0)
		return 1;
	return sigismember(&mask, SIGUSR1) != 1 || sigismember(&mask, SIGUSR2) != 0 ||
	       sigismember(&pending, SIGUSR1) != 1;
}

/* The suite's own limit of time has replaced the alarm by now. */
static int tells_its_alarm(void)
{
	return suite_alarm_before > 900 ? 0 : 1;
}

static int caught_signals_are_reset(void)
{
	pid_t pid;

	CHECK_EQUAL(catch_signal(SIGUSR1), 0);
	CHECK_EQUAL(set_action(SIGUSR2, SIG_IGN), 0);
	pid = vfork();
	if (pid == 0) {
		suite_exec("tells_that_nothing_is_caught");
		_exit(127);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK(has_action(SIGUSR1, count_signal));
	return 0;
}

static int the_mask_and_what_is_pending_are_kept(void)
{
	sigset_t set;
	pid_t pid;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	pid = vfork();
	if (pid == 0) {
		if (sigprocmask(SIG_BLOCK, &set, NULL) == 0 && kill(getpid(), SIGUSR1) == 0)
			suite_exec("tells_that_it_is_blocked_and_pending");
		_exit(127);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	return 0;
}

static int the_alarm_is_kept(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		alarm(1000);
		suite_exec("tells_its_alarm");
		_exit(127);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	return 0;
}

SUITE(row12_signals, CASE(caught_signals_are_reset, BY_POSIX), CASE(the_mask_and_what_is_pending_are_kept, BY_POSIX),
	CASE(the_alarm_is_kept, BY_POSIX), HELPER(tells_that_nothing_is_caught),
	HELPER(tells_that_it_is_blocked_and_pending), HELPER(tells_its_alarm))
