/*
 * Row 14: a stop signal to a borrower takes effect once it has released its parent, which would sleep for ever otherwise:
 * it is stopped when its new program begins.
 */
#include "await.h"
#include "lender.h"

#include <signal.h>

#define SECONDS 3

static int does_nothing(void)
{
	return 0;
}

/* The borrower has a group of its own, which is not orphaned: to others SIGTSTP would do nothing. */
static int lends_to_one_that_execs(void)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		setpgid(0, 0);
		borrow_until_told();
		suite_exec("does_nothing");
		_exit(127);
	}
	suite_send(SUITE_OUT, 'l');
	if (waitpid(pid, &status, WUNTRACED) != pid)
		return 1;
	if (WIFSTOPPED(status)) {
		suite_send(SUITE_OUT, 's');
		kill(pid, SIGCONT);
		return suite_end(pid);
	}
	return WEXITSTATUS(status);
}

static int lends_to_one_that_exits(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		borrow_until_told();
		_exit(7);
	}
	suite_send(SUITE_OUT, 'l');
	return suite_end(pid) != 7;
}

/* After a stop signal the borrower goes on; what follows is the letters of `story`, in order. */
static int tells(const char *helper, int stop, int again, const char *story)
{
	struct lender lender;

	CHECK_EQUAL(lender_start(&lender, helper), 0);
	CHECK_EQUAL(kill(lender.borrower, stop), 0);
	if (again)
		CHECK_EQUAL(kill(lender.borrower, again), 0);
	CHECK_EQUAL(suite_send(lender.to, 'g'), 1);
	for (; *story; story++) {
		if (!await_input(lender.from, SECONDS)) {
			kill(lender.borrower, SIGKILL);
			suite_end(lender.pid);
			errno = 0;
			CHECK(!"the borrower goes on");
		}
		CHECK_EQUAL(suite_receive(lender.from), *story);
	}
	CHECK_EQUAL(suite_end(lender.pid), 0);
	CHECK_EQUAL(suite_receive(lender.from), -1);
	return 0;
}

static int sigstop_waits_for_the_exec(void)
{
	return tells("lends_to_one_that_execs", SIGSTOP, 0, "bls");
}

static int sigtstp_waits_for_the_exec(void)
{
	return tells("lends_to_one_that_execs", SIGTSTP, 0, "bls");
}

static int sigcont_takes_it_back(void)
{
	return tells("lends_to_one_that_execs", SIGSTOP, SIGCONT, "bl");
}

static int a_borrower_that_exits_is_not_stopped(void)
{
	return tells("lends_to_one_that_exits", SIGSTOP, 0, "bl");
}

SUITE(row14_stop, CASE(sigstop_waits_for_the_exec, BY_SUBLET), CASE(sigtstp_waits_for_the_exec, BY_SUBLET | BY_BSD),
	CASE(sigcont_takes_it_back, BY_SUBLET), CASE(a_borrower_that_exits_is_not_stopped, BY_SUBLET),
	HELPER(lends_to_one_that_execs), HELPER(lends_to_one_that_exits), HELPER(does_nothing))
