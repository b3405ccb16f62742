/*
 * Row 19: loans nest: a borrower may lend what it borrows. Whoever of them is killed, the memory stays for those that still
 * use it, and everyone above wakes in turn.
 */
#include "lender.h"

#include <signal.h>

#define DEPTH 8

static volatile int mark;

IN_CHILD int nest(int depth)
{
	pid_t pid;

	mark = depth;
	if (depth == DEPTH)
		return 0;
	pid = vfork();
	if (pid == 0)
		_exit(nest(depth + 1));
	return suite_end(pid) + 1;
}

static int loans_nest(void)
{
	CHECK_EQUAL(nest(0), DEPTH);
	CHECK_EQUAL(mark, DEPTH);
	return 0;
}

static int does_nothing(void)
{
	return 0;
}

/* What a program gave that the caller, a borrower, started. */
IN_CHILD int start_and_await(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		suite_exec("does_nothing");
		_exit(127);
	}
	return suite_end(pid);
}

static int a_borrower_starts_and_awaits_a_program(void)
{
	volatile int inner = -1;
	pid_t pid = vfork();

	if (pid == 0) {
		inner = start_and_await();
		suite_exec("does_nothing");
		_exit(127);
	}
	CHECK_EQUAL(inner, 0);
	CHECK_EQUAL(suite_end(pid), 0);
	return 0;
}

/* Lends to a borrower that waits for a letter. */
static int lends(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		borrow_until_told();
		mark = 1;
		_exit(0);
	}
	suite_send(SUITE_OUT, mark ? 'm' : 'l');
	return suite_end(pid) >= SUITE_SIGNAL ? 9 : 0;
}

/* In a borrower: lend to another, which waits for the letter. */
IN_CHILD int lend_on(void)
{
	pid_t self = getpid(), pid;

	write(SUITE_OUT, &self, sizeof self);
	pid = vfork();
	if (pid == 0) {
		borrow_until_told();
		mark = 2;
		_exit(0);
	}
	suite_send(SUITE_OUT, 'm');
	return suite_end(pid) >= SUITE_SIGNAL ? 8 : 0;
}

/* Lends to a borrower that lends to another; the letters come from and go to the innermost. Each tells its pid. */
static int lends_twice(void)
{
	pid_t pid = vfork();

	if (pid == 0)
		_exit(lend_on());
	suite_send(SUITE_OUT, 'l');
	return suite_end(pid) >= SUITE_SIGNAL ? 9 : 0;
}

static int a_killed_borrower_wakes_its_lender(void)
{
	struct lender lender;

	CHECK_EQUAL(lender_start(&lender, "lends"), 0);
	CHECK_EQUAL(kill(lender.borrower, SIGKILL), 0);
	CHECK_EQUAL(suite_receive(lender.from), 'l');
	CHECK_EQUAL(suite_end(lender.pid), 9);
	CHECK_EQUAL(suite_receive(lender.from), -1);
	return 0;
}

static int a_killed_innermost_wakes_the_one_in_the_middle(void)
{
	struct lender lender;
	pid_t inner;

	CHECK_EQUAL(lender_start(&lender, "lends_twice"), 0);
	CHECK_EQUAL(read(lender.from, &inner, sizeof inner), sizeof inner);
	CHECK_EQUAL(kill(inner, SIGKILL), 0);
	CHECK_EQUAL(suite_receive(lender.from), 'm');
	CHECK_EQUAL(suite_receive(lender.from), 'l');
	CHECK_EQUAL(suite_end(lender.pid), 0);
	CHECK_EQUAL(suite_receive(lender.from), -1);
	return 0;
}

/* The one in the middle is gone; the outermost must not run before the innermost has left the memory that is its own. */
static int a_killed_middle_wakes_nobody_too_early(void)
{
	struct lender lender;
	pid_t inner;

	CHECK_EQUAL(lender_start(&lender, "lends_twice"), 0);
	CHECK_EQUAL(read(lender.from, &inner, sizeof inner), sizeof inner);
	CHECK_EQUAL(kill(lender.borrower, SIGKILL), 0);
	CHECK_EQUAL(suite_send(lender.to, 'g'), 1);
	CHECK_EQUAL(suite_receive(lender.from), 'b');
	CHECK_EQUAL(suite_receive(lender.from), 'l');
	CHECK_EQUAL(suite_end(lender.pid), 9);
	CHECK_EQUAL(suite_receive(lender.from), -1);
	return 0;
}

static int a_killed_outermost_leaves_its_memory(void)
{
	struct lender lender;
	pid_t inner;

	CHECK_EQUAL(lender_start(&lender, "lends_twice"), 0);
	CHECK_EQUAL(read(lender.from, &inner, sizeof inner), sizeof inner);
	CHECK_EQUAL(kill(lender.pid, SIGKILL), 0);
	CHECK_EQUAL(suite_end(lender.pid), SUITE_SIGNAL + SIGKILL);
	CHECK_EQUAL(suite_send(lender.to, 'g'), 1);
	CHECK_EQUAL(suite_receive(lender.from), 'b');
	CHECK_EQUAL(suite_receive(lender.from), 'm');
	CHECK_EQUAL(suite_receive(lender.from), -1);
	return 0;
}

static int a_killed_pair_leaves_nothing_open(void)
{
	struct lender lender;

	CHECK_EQUAL(lender_start(&lender, "lends"), 0);
	CHECK_EQUAL(kill(lender.pid, SIGKILL), 0);
	CHECK_EQUAL(kill(lender.borrower, SIGKILL), 0);
	CHECK_EQUAL(suite_end(lender.pid), SUITE_SIGNAL + SIGKILL);
	CHECK_EQUAL(suite_receive(lender.from), -1);
	return 0;
}

static int a_lender_killed_after_the_release_dies_alone(void)
{
	struct lender lender;

	CHECK_EQUAL(lender_start(&lender, "lends_and_sleeps"), 0);
	CHECK_EQUAL(suite_send(lender.to, 'g'), 1);
	CHECK_EQUAL(suite_receive(lender.from), 'b');
	CHECK_EQUAL(suite_receive(lender.from), 'l');
	CHECK_EQUAL(kill(lender.pid, SIGKILL), 0);
	CHECK_EQUAL(suite_end(lender.pid), SUITE_SIGNAL + SIGKILL);
	CHECK_EQUAL(suite_receive(lender.from), -1);
	return 0;
}

static int lends_and_sleeps(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		borrow_until_told();
		_exit(0);
	}
	suite_send(SUITE_OUT, 'l');
	return suite_receive(SUITE_IN);
}

SUITE(row19_nesting, CASE(loans_nest, BY_SUBLET), CASE(a_borrower_starts_and_awaits_a_program, BY_SUBLET),
	CASE(a_killed_borrower_wakes_its_lender, BY_ALL_MANUALS),
	CASE(a_killed_innermost_wakes_the_one_in_the_middle, BY_SUBLET),
	CASE(a_killed_middle_wakes_nobody_too_early, BY_SUBLET), CASE(a_killed_outermost_leaves_its_memory, BY_SUBLET),
	CASE(a_killed_pair_leaves_nothing_open, BY_SUBLET),
	CASE(a_lender_killed_after_the_release_dies_alone, BY_SUBLET), HELPER(does_nothing), HELPER(lends),
	HELPER(lends_twice), HELPER(lends_and_sleeps))
