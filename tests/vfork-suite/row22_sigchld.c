/* Row 22: SIGCHLD at a child's end, and SA_NOCLDWAIT, which leaves no zombie. */
#include "suite.h"

#include "handlers.h"

static int the_end_of_a_child_sends_sigchld(void)
{
	pid_t pid;

	CHECK_EQUAL(catch_signal(SIGCHLD), 0);
	pid = vfork();
	if (pid == 0)
		_exit(3);
	CHECK_EQUAL(suite_end(pid), 3);
	CHECK_EQUAL(caught[SIGCHLD], 1);
	return 0;
}

static int nocldwait_leaves_no_zombie(void)
{
	struct sigaction action;
	pid_t pid;

	memset(&action, 0, sizeof action);
	action.sa_handler = SIG_DFL;
	action.sa_flags = SA_NOCLDWAIT;
	sigemptyset(&action.sa_mask);
	CHECK_EQUAL(sigaction(SIGCHLD, &action, NULL), 0);
	pid = vfork();
	if (pid == 0)
		_exit(3);
	CHECK(pid > 0);
	CHECK_EQUAL(waitpid(pid, NULL, 0), -1);
	CHECK_EQUAL(errno, ECHILD);
	return 0;
}

SUITE(row22_sigchld, CASE(the_end_of_a_child_sends_sigchld, BY_POSIX), CASE(nocldwait_leaves_no_zombie, BY_POSIX))
