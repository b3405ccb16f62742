/*
 * Row 19: what the lender's other threads do while one of them sleeps on a loan: end, end the whole process, or exec. The
 * borrower lives on, on memory that stays until it has let go.
 */
#include "lender.h"

#include <pthread.h>
#include <signal.h>

static volatile int number = 42;
static int begin[2];

IN_CHILD void borrow_beside(void)
{
	pid_t self = getpid();

	write(SUITE_OUT, &self, sizeof self);
	suite_send(begin[1], 'g');
	suite_receive(SUITE_IN);
	suite_send(SUITE_OUT, number == 42 ? 'b' : 'w');
}

/* Lends to a borrower that waits for a letter, while another thread is told to do what it was made for. */
static int lend_beside(void *(*act)(void *))
{
	pthread_t thread;
	pid_t pid;

	if (suite_pipe(begin) < 0 || pthread_create(&thread, NULL, act, NULL) != 0)
		return 1;
	pid = vfork();
	if (pid == 0) {
		borrow_beside();
		_exit(0);
	}
	suite_send(SUITE_OUT, 'l');
	return suite_end(pid);
}

static void *ends_alone(void *unused)
{
	suite_receive(begin[0]);
	suite_send(SUITE_OUT, 't');
	return unused;
}

static void *ends_all(void *unused)
{
	suite_receive(begin[0]);
	_exit(6);
	return unused;
}

static void *becomes_another(void *unused)
{
	suite_receive(begin[0]);
	suite_exec("is_another");
	return unused;
}

static int is_another(void)
{
	return suite_send(SUITE_OUT, 'x') == 1 ? 5 : 1;
}

static int lends_beside_one_that_ends(void)
{
	return lend_beside(ends_alone);
}

static int lends_beside_one_that_ends_all(void)
{
	return lend_beside(ends_all);
}

static int lends_beside_one_that_execs(void)
{
	return lend_beside(becomes_another);
}

static int a_thread_of_the_lender_ends(void)
{
	struct lender lender;

	CHECK_EQUAL(lender_start(&lender, "lends_beside_one_that_ends"), 0);
	CHECK_EQUAL(suite_receive(lender.from), 't');
	CHECK_EQUAL(suite_send(lender.to, 'g'), 1);
	CHECK_EQUAL(suite_receive(lender.from), 'b');
	CHECK_EQUAL(suite_receive(lender.from), 'l');
	CHECK_EQUAL(suite_end(lender.pid), 0);
	return 0;
}

static int a_thread_ends_the_lender(void)
{
	struct lender lender;

	CHECK_EQUAL(lender_start(&lender, "lends_beside_one_that_ends_all"), 0);
	CHECK_EQUAL(suite_end(lender.pid), 6);
	CHECK_EQUAL(suite_send(lender.to, 'g'), 1);
	CHECK_EQUAL(suite_receive(lender.from), 'b');
	CHECK_EQUAL(suite_receive(lender.from), -1);
	return 0;
}

static int a_thread_execs_in_the_lender(void)
{
	struct lender lender;

	CHECK_EQUAL(lender_start(&lender, "lends_beside_one_that_execs"), 0);
	CHECK_EQUAL(suite_receive(lender.from), 'x');
	CHECK_EQUAL(suite_end(lender.pid), 5);
	CHECK_EQUAL(suite_send(lender.to, 'g'), 1);
	CHECK_EQUAL(suite_receive(lender.from), 'b');
	CHECK_EQUAL(suite_receive(lender.from), -1);
	return 0;
}

SUITE(row19_threads, CASE(a_thread_of_the_lender_ends, BY_SUBLET), CASE(a_thread_ends_the_lender, BY_SUBLET),
	CASE(a_thread_execs_in_the_lender, BY_SUBLET), HELPER(lends_beside_one_that_ends),
	HELPER(lends_beside_one_that_ends_all), HELPER(lends_beside_one_that_execs), HELPER(is_another))
