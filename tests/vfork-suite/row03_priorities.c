/* Row 3: the child is first whatever the priorities: under the nicest parent, and under one of real-time priority. */
#include "suite.h"

#include <sched.h>
#include <string.h>

#define ROUNDS 50

static int child_is_first(void)
{
	volatile int turn = 0, child = -1, parent;
	pid_t pid = vfork();

	if (pid == 0) {
		child = turn++;
		_exit(0);
	}
	parent = turn++;
	return suite_end(pid) == 0 && child == 0 && parent == 1;
}

static int first_under_the_nicest_parent(void)
{
	errno = 0;
	CHECK(nice(19) != -1 || errno == 0);
	for (int i = 0; i < ROUNDS; i++)
		CHECK(child_is_first());
	return 0;
}

static int first_under_a_parent_of_real_time_priority(void)
{
	struct sched_param parameters;

	memset(&parameters, 0, sizeof parameters);
	parameters.sched_priority = sched_get_priority_max(SCHED_FIFO);
	if (sched_setscheduler(0, SCHED_FIFO, &parameters) < 0)
		SKIP("real-time priorities are not allowed");
	for (int i = 0; i < ROUNDS; i++)
		CHECK(child_is_first());
	return 0;
}

SUITE(row03_priorities, CASE(first_under_the_nicest_parent, BY_ALL_MANUALS),
	CASE(first_under_a_parent_of_real_time_priority, BY_ALL_MANUALS))
