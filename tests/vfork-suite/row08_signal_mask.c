/* Row 8: the signal mask is copied, pending signals are not. */
#include "suite.h"

#include <signal.h>

static sigset_t set_of(int signal_number)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, signal_number);
	return set;
}

static int is_blocked(int signal_number)
{
	sigset_t mask;

	return sigprocmask(SIG_BLOCK, NULL, &mask) == 0 && sigismember(&mask, signal_number) == 1;
}

static int is_pending(int signal_number)
{
	sigset_t pending;

	return sigpending(&pending) == 0 && sigismember(&pending, signal_number) == 1;
}

static int the_mask_is_inherited_and_not_shared(void)
{
	sigset_t set = set_of(SIGUSR1), other = set_of(SIGUSR2);
	pid_t pid;

	CHECK_EQUAL(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	pid = vfork();
	if (pid == 0)
		_exit(!is_blocked(SIGUSR1) || sigprocmask(SIG_UNBLOCK, &set, NULL) != 0 ||
			sigprocmask(SIG_BLOCK, &other, NULL) != 0);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK(is_blocked(SIGUSR1));
	CHECK(!is_blocked(SIGUSR2));
	return 0;
}

static int pending_signals_are_not_inherited(void)
{
	sigset_t set = set_of(SIGUSR1);
	pid_t pid;

	CHECK_EQUAL(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	CHECK_EQUAL(kill(getpid(), SIGUSR1), 0);
	CHECK(is_pending(SIGUSR1));
	pid = vfork();
	if (pid == 0)
		_exit(is_pending(SIGUSR1));
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK(is_pending(SIGUSR1));
	return 0;
}

static int what_is_pending_in_the_child_stays_there(void)
{
	sigset_t set = set_of(SIGUSR1);
	pid_t pid;

	CHECK_EQUAL(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	pid = vfork();
	if (pid == 0)
		_exit(kill(getpid(), SIGUSR1) != 0 || !is_pending(SIGUSR1));
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK(!is_pending(SIGUSR1));
	return 0;
}

SUITE(row08_signal_mask, CASE(the_mask_is_inherited_and_not_shared, BY_POSIX),
	CASE(pending_signals_are_not_inherited, BY_POSIX), CASE(what_is_pending_in_the_child_stays_there, BY_POSIX))
