/*
 * Row 18: the handler rule of Solaris: what the parent catches is SIG_DFL in the child, and a handler that the child sets
 * becomes SIG_DFL. There it holds for every vfork; elsewhere for those that ask for it by the flag FORK_SIGDFL of vforkx.
 */
#include "suite.h"

#include "handlers.h"

#if __has_include(<sys/fork.h>)
#include <sys/fork.h>
#endif

#ifdef FORK_SIGDFL
#define LEND() vforkx(FORK_SIGDFL)
#else
#define LEND() vfork()
#endif

static int caught_signals_are_default_in_the_child(void)
{
	pid_t pid;

	CHECK_EQUAL(catch_signal(SIGUSR1), 0);
	CHECK_EQUAL(set_action(SIGUSR2, SIG_IGN), 0);
	pid = LEND();
	if (pid == 0)
		_exit(!has_action(SIGUSR1, SIG_DFL) || !has_action(SIGUSR2, SIG_IGN));
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK(has_action(SIGUSR1, count_signal));
	return 0;
}

static int a_handler_of_the_child_becomes_the_default(void)
{
	pid_t pid = LEND();

	if (pid == 0) {
		catch_signal(SIGUSR1);
		_exit(!has_action(SIGUSR1, SIG_DFL));
	}
	CHECK_EQUAL(suite_end(pid), 0);
	return 0;
}

static int a_signal_to_the_child_acts_as_by_default(void)
{
	pid_t pid;

	CHECK_EQUAL(catch_signal(SIGUSR1), 0);
	pid = LEND();
	if (pid == 0) {
		kill(getpid(), SIGUSR1);
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), SUITE_SIGNAL + SIGUSR1);
	CHECK_EQUAL(caught[SIGUSR1], 0);
	return 0;
}

static int the_parents_handlers_work_afterwards(void)
{
	pid_t pid;

	CHECK_EQUAL(catch_signal(SIGUSR1), 0);
	pid = LEND();
	if (pid == 0)
		_exit(kill(getppid(), SIGUSR1) != 0);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(caught[SIGUSR1], 1);
	return 0;
}

SUITE(row18_handler_rule, CASE(caught_signals_are_default_in_the_child, BY_SOLARIS | BY_SUBLET),
	CASE(a_handler_of_the_child_becomes_the_default, BY_SOLARIS | BY_SUBLET),
	CASE(a_signal_to_the_child_acts_as_by_default, BY_SOLARIS | BY_SUBLET),
	CASE(the_parents_handlers_work_afterwards, BY_SOLARIS | BY_SUBLET))
