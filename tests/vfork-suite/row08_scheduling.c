/* Row 8: nice value, scheduling policy and priority are copied. */
#include "suite.h"

#include <sched.h>
#include <string.h>
#include <sys/resource.h>

static int the_nice_value_is_inherited_and_not_shared(void)
{
	volatile int inherited = -100;
	int before;
	pid_t pid;

	CHECK_EQUAL(setpriority(PRIO_PROCESS, 0, 5), 0);
	before = getpriority(PRIO_PROCESS, 0);
	CHECK_EQUAL(before, 5);
	pid = vfork();
	if (pid == 0) {
		inherited = getpriority(PRIO_PROCESS, 0);
		_exit(setpriority(PRIO_PROCESS, 0, 10) != 0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(inherited, 5);
	CHECK_EQUAL(getpriority(PRIO_PROCESS, 0), 5);
	return 0;
}

static volatile int policy = -1, priority = -1;

IN_CHILD void note_scheduling(void)
{
	struct sched_param own;

	policy = sched_getscheduler(0);
	if (sched_getparam(0, &own) == 0)
		priority = own.sched_priority;
}

static int policy_and_priority_are_inherited(void)
{
	struct sched_param parameters;
	pid_t pid;

	memset(&parameters, 0, sizeof parameters);
	parameters.sched_priority = sched_get_priority_min(SCHED_RR) + 1;
	if (sched_setscheduler(0, SCHED_RR, &parameters) < 0)
		SKIP("real-time priorities are not allowed");
	pid = vfork();
	if (pid == 0) {
		note_scheduling();
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(policy, SCHED_RR);
	CHECK_EQUAL(priority, parameters.sched_priority);
	return 0;
}

SUITE(row08_scheduling, CASE(the_nice_value_is_inherited_and_not_shared, BY_POSIX),
	CASE(policy_and_priority_are_inherited, BY_POSIX))
