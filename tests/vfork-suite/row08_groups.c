/* Row 8: process group, session and controlling terminal are the parent's; what the child makes of them is its own. */
#include "suite.h"

#include "terminal.h"

static int group_and_session_are_inherited(void)
{
	volatile pid_t group = -1, session = -1;
	pid_t pid = vfork();

	if (pid == 0) {
		group = getpgrp();
		session = getsid(0);
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(group, getpgrp());
	CHECK_EQUAL(session, getsid(0));
	return 0;
}

static int a_new_group_is_the_childs_alone(void)
{
	pid_t before = getpgrp(), pid = vfork();

	if (pid == 0)
		_exit(setpgid(0, 0) != 0 || getpgrp() != getpid());
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(getpgrp(), before);
	return 0;
}

static int a_new_session_is_the_childs_alone(void)
{
	pid_t before = getsid(0), pid = vfork();

	if (pid == 0)
		_exit(setsid() != getpid() || getsid(0) != getpid());
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(getsid(0), before);
	return 0;
}

IN_CHILD int has_the_same_terminal(void)
{
	int terminal = open("/dev/tty", O_RDWR);

	return terminal >= 0 && tcgetpgrp(terminal) == getpgrp() && tcgetsid(terminal) == getsid(0);
}

/* Has a terminal of its own, and a child that must have the same. */
static int leads_a_session(void)
{
	int terminal = terminal_take();
	pid_t pid;

	if (terminal < 0)
		return SUITE_SKIPPED;
	pid = vfork();
	if (pid == 0)
		_exit(!has_the_same_terminal());
	return suite_end(pid);
}

static int the_controlling_terminal_is_inherited(void)
{
	int end = suite_end(suite_start("leads_a_session", -1, -1));

	if (end == SUITE_SKIPPED)
		SKIP("no pseudo-terminal");
	CHECK_EQUAL(end, 0);
	return 0;
}

SUITE(row08_groups, CASE(group_and_session_are_inherited, BY_POSIX), CASE(a_new_group_is_the_childs_alone, BY_POSIX),
	CASE(a_new_session_is_the_childs_alone, BY_POSIX), CASE(the_controlling_terminal_is_inherited, BY_POSIX),
	HELPER(leads_a_session))
