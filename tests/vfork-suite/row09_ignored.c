/* Row 9: dispositions are inherited, not shared: ignored signals and default actions. */
#include "suite.h"

#include <signal.h>

static int ignored_signals_are_inherited(void)
{
	pid_t pid;

	CHECK(signal(SIGUSR1, SIG_IGN) == SIG_DFL);
	pid = vfork();
	if (pid == 0) {
		kill(getpid(), SIGUSR1);
		_exit(7);
	}
	CHECK_EQUAL(suite_end(pid), 7);
	return 0;
}

static int default_actions_are_inherited(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		kill(getpid(), SIGUSR1);
		_exit(7);
	}
	CHECK_EQUAL(suite_end(pid), SUITE_SIGNAL + SIGUSR1);
	return 0;
}

static int changes_of_the_child_are_its_own(void)
{
	pid_t pid;

	CHECK(signal(SIGUSR1, SIG_IGN) == SIG_DFL);
	pid = vfork();
	if (pid == 0)
		_exit(signal(SIGUSR1, SIG_DFL) != SIG_IGN || signal(SIGUSR2, SIG_IGN) != SIG_DFL);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK(signal(SIGUSR1, SIG_DFL) == SIG_IGN);
	CHECK(signal(SIGUSR2, SIG_DFL) == SIG_DFL);
	return 0;
}

SUITE(row09_ignored, CASE(ignored_signals_are_inherited, BY_POSIX), CASE(default_actions_are_inherited, BY_POSIX),
	CASE(changes_of_the_child_are_its_own, BY_POSIX))
