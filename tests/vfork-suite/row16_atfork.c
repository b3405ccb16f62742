/* Row 16: vfork runs no handlers of pthread_atfork. */
#include "suite.h"

#include <pthread.h>

static volatile int prepared, in_parent, in_child;

static void prepare(void)
{
	prepared++;
}

static void tell_parent(void)
{
	in_parent++;
}

static void tell_child(void)
{
	in_child++;
}

static int no_handler_is_run(void)
{
	pid_t pid;

	CHECK_EQUAL(pthread_atfork(prepare, tell_parent, tell_child), 0);
	pid = vfork();
	if (pid == 0)
		_exit(0);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(prepared, 0);
	CHECK_EQUAL(in_parent, 0);
	CHECK_EQUAL(in_child, 0);
	return 0;
}

SUITE(row16_atfork, CASE(no_handler_is_run, BY_SOLARIS | BY_LINUX | BY_SUBLET))
