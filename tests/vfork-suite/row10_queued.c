/* Row 10: real-time signals sent to the parent during the loan are queued: none is lost, and each keeps its value. */
#include "suite.h"

#include <signal.h>
#include <string.h>

#define COUNT 5

static volatile int values[COUNT], count, released, early;

static void note_value(int signal_number, siginfo_t *info, void *context)
{
	(void)signal_number;
	(void)context;
	if (count < COUNT)
		values[count] = info->si_value.sival_int;
	count++;
	if (!released)
		early++;
}

IN_CHILD int send_all_to_the_parent(void)
{
	int failed = 0;

	for (int i = 0; i < COUNT; i++) {
		union sigval value;

		value.sival_int = 100 + i;
		failed |= sigqueue(getppid(), SIGRTMIN, value);
	}
	return failed;
}

static int queued_signals_are_all_kept_in_order(void)
{
	volatile int failed = -1;
	struct sigaction action;
	pid_t pid;

	memset(&action, 0, sizeof action);
	action.sa_sigaction = note_value;
	action.sa_flags = SA_SIGINFO | SA_RESTART;
	sigemptyset(&action.sa_mask);
	CHECK_EQUAL(sigaction(SIGRTMIN, &action, NULL), 0);
	pid = vfork();
	if (pid == 0) {
		failed = send_all_to_the_parent();
		released = 1;
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(failed, 0);
	CHECK_EQUAL(count, COUNT);
	CHECK_EQUAL(early, 0);
	for (int i = 0; i < COUNT; i++)
		CHECK_EQUAL(values[i], 100 + i);
	return 0;
}

SUITE(row10_queued, CASE(queued_signals_are_all_kept_in_order, BY_LINUX | BY_SUBLET))
