/*
 * Row 20: the borrower never runs below its lender's priority during the loan. It lowers its own below that of a process
 * that is ready to run for long, and must still be the first of the two. One processor is needed to see it fail.
 */
#include "suite.h"

#include <sched.h>
#include <string.h>
#include <time.h>

#define SPIN_MILLISECONDS 200

IN_CHILD int set_fifo(int above_lowest)
{
	struct sched_param parameters;

	memset(&parameters, 0, sizeof parameters);
	parameters.sched_priority = sched_get_priority_min(SCHED_FIFO) + above_lowest;
	return sched_setscheduler(0, SCHED_FIFO, &parameters) < 0 ? -1 : 0; /* POSIX: the policy before */
}

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)(now.tv_sec % 1000000) * 1000 + now.tv_nsec / 1000000;
}

/* When it gets its letter it keeps the processor for a while, and then says so. */
static int competes(void)
{
	long end;

	if (set_fifo(5) < 0 || suite_send(SUITE_OUT, 'r') != 1 || suite_receive(SUITE_IN) != 'g')
		return 1;
	end = milliseconds() + SPIN_MILLISECONDS;
	while (milliseconds() < end)
		continue;
	return suite_send(SUITE_OUT, 'c') != 1;
}

static int a_borrower_that_lowers_itself_runs_on(void)
{
	volatile int lowered = -1;
	int in[2], out[2];
	pid_t competitor, pid;

	if (set_fifo(10) < 0)
		SKIP("real-time priorities are not allowed");
	CHECK_EQUAL(suite_pipe(in), 0);
	CHECK_EQUAL(suite_pipe(out), 0);
	competitor = suite_start("competes", in[0], out[1]);
	CHECK(competitor > 0);
	CHECK_EQUAL(suite_receive(out[0]), 'r');
	pid = vfork();
	if (pid == 0) {
		lowered = set_fifo(1);
		suite_send(in[1], 'g');
		suite_send(out[1], 'b');
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(suite_receive(out[0]), 'b');
	CHECK_EQUAL(suite_receive(out[0]), 'c');
	CHECK_EQUAL(lowered, 0);
	CHECK_EQUAL(suite_end(competitor), 0);
	return 0;
}

SUITE(row20_priority, CASE(a_borrower_that_lowers_itself_runs_on, BY_SUBLET), HELPER(competes))
