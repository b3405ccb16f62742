/*
 * Row 10: signals that end the parent. SIGKILL acts at once and the child lives on, on memory that stays; what else ends a
 * process waits for the release, as every signal does. (Linux lets every fatal signal act at once.)
 */
#include "lender.h"

#include <signal.h>

static volatile int numbers[] = {1, 2, 3, 4};

static int sum_is_right(void)
{
	return numbers[0] + numbers[1] + numbers[2] + numbers[3] == 10;
}

static int lends(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		borrow_until_told();
		suite_send(SUITE_OUT, sum_is_right() ? 's' : 'w');
		_exit(0);
	}
	suite_send(SUITE_OUT, 'l');
	return suite_end(pid);
}

static int sigkill_acts_at_once_and_the_child_lives_on(void)
{
	struct lender lender;

	CHECK_EQUAL(lender_start(&lender, "lends"), 0);
	CHECK_EQUAL(kill(lender.pid, SIGKILL), 0);
	CHECK_EQUAL(suite_end(lender.pid), SUITE_SIGNAL + SIGKILL);
	CHECK_EQUAL(kill(lender.borrower, 0), 0);
	CHECK_EQUAL(suite_send(lender.to, 'g'), 1);
	CHECK_EQUAL(suite_receive(lender.from), 'b');
	CHECK_EQUAL(suite_receive(lender.from), 's');
	CHECK_EQUAL(suite_receive(lender.from), -1);
	return 0;
}

static int sigterm_waits_for_the_release(void)
{
	struct lender lender;

	CHECK_EQUAL(lender_start(&lender, "lends"), 0);
	CHECK_EQUAL(kill(lender.pid, SIGTERM), 0);
	CHECK_EQUAL(waitpid(lender.pid, NULL, WNOHANG), 0);
	CHECK_EQUAL(suite_send(lender.to, 'g'), 1);
	CHECK_EQUAL(suite_receive(lender.from), 'b');
	CHECK_EQUAL(suite_receive(lender.from), 's');
	CHECK_EQUAL(suite_receive(lender.from), -1);
	CHECK_EQUAL(suite_end(lender.pid), SUITE_SIGNAL + SIGTERM);
	return 0;
}

static int an_ignored_signal_does_nothing(void)
{
	struct lender lender;

	CHECK(signal(SIGUSR1, SIG_IGN) == SIG_DFL); /* which the helper inherits */
	CHECK_EQUAL(lender_start(&lender, "lends"), 0);
	CHECK_EQUAL(kill(lender.pid, SIGUSR1), 0);
	CHECK_EQUAL(suite_send(lender.to, 'g'), 1);
	CHECK_EQUAL(suite_receive(lender.from), 'b');
	CHECK_EQUAL(suite_receive(lender.from), 's');
	CHECK_EQUAL(suite_receive(lender.from), 'l');
	CHECK_EQUAL(suite_end(lender.pid), 0);
	return 0;
}

SUITE(row10_fatal, CASE(sigkill_acts_at_once_and_the_child_lives_on, BY_LINUX | BY_SUBLET),
	CASE(sigterm_waits_for_the_release, BY_SUBLET), CASE(an_ignored_signal_does_nothing, BY_LINUX | BY_SUBLET),
	HELPER(lends))
