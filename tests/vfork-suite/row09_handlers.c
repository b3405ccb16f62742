/* Row 9: handlers are inherited, not shared: sigaction in the child does not reach the parent. */
#include "suite.h"

#include "handlers.h"

static volatile int others;

static void count_others(int signal_number)
{
	(void)signal_number;
	others++;
}

IN_CHILD int has_handler_and_uses_it(void)
{
	return has_action(SIGUSR1, count_signal) && kill(getpid(), SIGUSR1) == 0;
}

static int handlers_are_inherited(void)
{
	pid_t pid;

	CHECK_EQUAL(catch_signal(SIGUSR1), 0);
	pid = vfork();
	if (pid == 0)
		_exit(!has_handler_and_uses_it());
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(caught[SIGUSR1], 1); /* in the child, on memory that both have */
	return 0;
}

static int a_handler_of_the_child_is_its_own(void)
{
	pid_t pid;

	CHECK_EQUAL(catch_signal(SIGUSR1), 0);
	pid = vfork();
	if (pid == 0)
		_exit(set_action(SIGUSR1, count_others) != 0 || set_action(SIGUSR2, count_others) != 0 ||
			kill(getpid(), SIGUSR1) != 0);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(others, 1);
	CHECK_EQUAL(caught[SIGUSR1], 0);
	CHECK(has_action(SIGUSR1, count_signal));
	CHECK(has_action(SIGUSR2, SIG_DFL));
	CHECK_EQUAL(kill(getpid(), SIGUSR1), 0);
	CHECK_EQUAL(caught[SIGUSR1], 1);
	return 0;
}

static int a_reset_by_the_child_is_its_own(void)
{
	pid_t pid;

	CHECK_EQUAL(catch_signal(SIGUSR1), 0);
	pid = vfork();
	if (pid == 0)
		_exit(set_action(SIGUSR1, SIG_DFL) != 0 || kill(getpid(), SIGUSR1) != 0);
	CHECK_EQUAL(suite_end(pid), SUITE_SIGNAL + SIGUSR1);
	CHECK(has_action(SIGUSR1, count_signal));
	return 0;
}

SUITE(row09_handlers, CASE(handlers_are_inherited, BY_LINUX | BY_SUBLET),
	CASE(a_handler_of_the_child_is_its_own, BY_LINUX | BY_SUBLET),
	CASE(a_reset_by_the_child_is_its_own, BY_LINUX | BY_SUBLET))
