/*
 * Process groups and sessions: who may join, what kill reaches, and groups that are orphaned.
 */
#include "jobs.h"

#include <limits.h>
#include <proc/signal.h>

static long call_setpgid(long pid, long pgid)
{
	return u_call(55, (uintptr_t)pid, (uintptr_t)pgid);
}

static void sleep_here(void)
{
	u_sleep(1000000);
}

static void sleep_in_a_session(void)
{
	assert_int_equal(sys_setsid(), sys_getpid());
	assert_int_equal(sys_setsid(), -EPERM);
	assert_int_equal(sys_setpgid(0, 0), -EPERM); /* a leader */
	sleep_here();
}

static void setpgid_matrix(void)
{
	long plain = u_start(sleep_here), session = u_start(sleep_in_a_session), grouped = u_start(work);

	assert_int_equal(call_setpgid(0, -1), -EINVAL);
	assert_int_equal(call_setpgid(-1, 0), -ESRCH);
	assert_int_equal(call_setpgid(9999, 0), -ESRCH);
	assert_int_equal(call_setpgid(plain, plain), -EACCES); /* has execed */
	assert_int_equal(call_setpgid(0, 0), -EPERM);          /* init leads its session */
	assert_int_equal(u_call(56, plain), 1);
	assert_int_equal(u_call(56, grouped), grouped);
	assert_int_equal(u_call(56, (uintptr_t)0), 1);
	assert_int_equal(u_call(56, (uintptr_t)9999), -ESRCH);
	assert_int_equal(u_call(58, session), session);
	assert_int_equal(u_call(58, grouped), 1);
	assert_int_equal(u_call(58, (uintptr_t)9999), -ESRCH);
	assert_int_equal(u_call(57), -EPERM);
	expect_end(plain, ABI_SIGKILL);
	expect_end(session, ABI_SIGKILL);
	expect_end(grouped, ABI_SIGKILL);
}

static void own_groups(void)
{
	long self = sys_getpid(), grouped = u_start(work);

	assert_int_equal(call_setpgid(1, 0), -ESRCH); /* neither me nor a child */
	assert_int_equal(call_setpgid(self, 9999), -EPERM);
	assert_int_equal(call_setpgid(0, grouped), 0);
	assert_int_equal(u_call(56, (uintptr_t)0), grouped);
	assert_int_equal(call_setpgid(self, 1), 0);
	assert_int_equal(call_setpgid(self, 0), 0);
	assert_int_equal(u_call(56, self), self);
	assert_int_equal(call_setpgid(self, self), 0);
	assert_int_equal(u_call(57), -EPERM); /* leads a group */
	assert_int_equal(call_setpgid(0, 1), 0);
	assert_int_equal(u_call(57), self);
	assert_int_equal(call_setpgid(grouped, 0), -EACCES);
	expect_end(grouped, ABI_SIGKILL);
}

static void setpgid_and_setsid_of_oneself(void)
{
	u_lend(own_groups);
}

static void parent_moves_a_child_that_has_not_execed(void)
{
	long pid = u_vfork(end_with_3); /* a zombie that never execed */

	assert_int_equal(call_setpgid(pid, 0), 0);
	assert_int_equal(call_wait(-pid, NULL, 0), pid);
}

static void kill_by_group(void)
{
	long first = u_start(work), second, other = u_start(sleep_here);

	process_find((int)other)->pgrp = (uint16_t)first; /* as its own setpgid would */
	second = u_start(work);
	assert_int_equal(u_kill(-first, 0), 0);
	assert_int_equal(u_kill(-9999, 0), -ESRCH);
	assert_int_equal(u_kill(INT_MIN, 0), -ESRCH);
	assert_int_equal(u_kill(-first, ABI_SIGTERM), 0);
	assert_int_equal(u_reap(first), ABI_SIGTERM);
	assert_int_equal(u_reap(other), ABI_SIGTERM);
	assert_int_equal(state_of(second), 'S');
	assert_int_equal(u_kill(-first, 0), -ESRCH);
	expect_end(second, ABI_SIGKILL);
}

static void kill_my_group(void)
{
	long inside = u_start(sleep_here), outside = u_start(work);

	assert_int_equal(process_find((int)inside)->pgrp, process_current()->pgrp);
	u_action(ABI_SIGTERM, ABI_SIG_IGN, 0); /* after the others started */
	assert_int_equal(u_kill(0, ABI_SIGTERM), 0);
	assert_int_equal(u_reap(inside), ABI_SIGTERM);
	expect_end(outside, ABI_SIGTERM);
	unit_note('k');
}

static void kill_0_is_my_group(void)
{
	long bystander = u_start(work), pid;

	world_program("killer", kill_my_group);
	pid = u_spawn("/killer");
	assert_int_equal(u_reap(pid), 0);
	expect_end(bystander, ABI_SIGTERM);
	assert_int_equal(process_init->signals.pending.set, 0);
}

/* Init's own group is orphaned: nobody in its session is outside. */
static void terminal_stops_do_nothing_in_an_orphaned_group(void)
{
	static const int stops[] = {ABI_SIGTSTP, ABI_SIGTTIN, ABI_SIGTTOU};
	long pid = u_start(sleep_here);

	assert_true(group_orphaned(process_find((int)pid)->pgrp));
	for (int i = 0; i < 3; i++) {
		pid = i ? u_start(sleep_here) : pid;
		u_kill(pid, stops[i]);
		u_sleep(10);
		assert_int_not_equal(state_of(pid), 'T');
		assert_int_equal(u_reap(pid), 0); /* its sleep was cut short */
	}
	pid = u_start(sleep_here);
	u_kill(pid, ABI_SIGSTOP);
	u_sleep(10);
	assert_int_equal(state_of(pid), 'T');
	expect_end(pid, ABI_SIGKILL);
}

static void note_signal(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)info, (void)context;
	unit_note(sig == ABI_SIGHUP ? 'h' : 'c');
}

static void stopped_grandchild(void)
{
	sys_setpgid(0, 0);
	u_action(ABI_SIGHUP, (uintptr_t)note_signal, 0);
	u_action(ABI_SIGCONT, (uintptr_t)note_signal, 0);
	signal_send(process_current(), ABI_SIGTSTP);
	u_return();
	unit_note('e');
}

static void session_of_its_own(void)
{
	sys_setsid();
	u_start(stopped_grandchild);
	unit_note('p');
}

/* POSIX, _exit: SIGHUP and SIGCONT to the stopped members of a group that becomes orphaned. */
static void newly_orphaned_stopped_group_is_hung_up(void)
{
	long pid;

	world_program("leader", session_of_its_own);
	pid = u_spawn("/leader");
	assert_int_equal(u_reap(pid), 0);
	assert_true(u_wait(-1, NULL) > 0);
	assert_string_equal(unit_notes(), "pche");
}

static const struct CMUnitTest tests[] = {
	WORLD(groups, setpgid_matrix),
	WORLD(groups, setpgid_and_setsid_of_oneself),
	WORLD(groups, parent_moves_a_child_that_has_not_execed),
	WORLD(groups, kill_by_group),
	WORLD(groups, kill_0_is_my_group),
	WORLD(groups, terminal_stops_do_nothing_in_an_orphaned_group),
	WORLD(groups, newly_orphaned_stopped_group_is_hung_up),
};
UNIT_MAIN(groups, tests)
