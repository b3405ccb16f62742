/*
 * What a parent is told of its children: waitid and its arguments, groups, SIGCHLD, and children that nobody waits for.
 */
#include "jobs.h"

#include <limits.h>
#include <proc/signal.h>
#include <string.h>

static struct abi_siginfo *call_waitid(int type, long id, int options, long expected)
{
	struct abi_siginfo *info = memset(u_alloc(sizeof *info), 0xee, sizeof *info);

	assert_int_equal(u_call(59, (uintptr_t)type, (uintptr_t)id, info, (uintptr_t)options), expected);
	return info;
}

static void waitid_tells_all(void)
{
	long pid = u_start(work), other;
	struct abi_siginfo *info;

	info = call_waitid(ABI_P_PID, pid, ABI_WEXITED | ABI_WNOHANG, 0);
	assert_int_equal(info->si_signo, 0);
	assert_int_equal(info->si_pid, 0);
	u_kill(pid, ABI_SIGSTOP);
	u_sleep(10);
	call_waitid(ABI_P_PID, pid, ABI_WEXITED | ABI_WCONTINUED | ABI_WNOHANG, 0);
	for (int again = 0; again < 2; again++) {
		info = call_waitid(ABI_P_ALL, 0, ABI_WSTOPPED | (again ? 0 : ABI_WNOWAIT), 0);
		assert_int_equal(info->si_signo, ABI_SIGCHLD);
		assert_int_equal(info->si_code, ABI_CLD_STOPPED);
		assert_int_equal(info->si_pid, pid);
		assert_int_equal(info->si_status, ABI_SIGSTOP);
	}
	u_kill(pid, ABI_SIGCONT);
	info = call_waitid(ABI_P_PGID, pid, ABI_WCONTINUED, 0);
	assert_int_equal(info->si_code, ABI_CLD_CONTINUED);
	assert_int_equal(info->si_status, ABI_SIGCONT);
	u_kill(pid, ABI_SIGINT);
	info = call_waitid(ABI_P_PID, pid, ABI_WEXITED, 0);
	assert_int_equal(info->si_code, ABI_CLD_KILLED);
	assert_int_equal(info->si_status, ABI_SIGINT);
	other = u_vfork(end_with_3);
	call_waitid(ABI_P_PGID, pid, ABI_WEXITED, -ECHILD);
	info = call_waitid(ABI_P_PGID, 0, ABI_WEXITED | ABI_WNOWAIT, 0); /* the caller's group */
	assert_int_equal(info->si_pid, other);
	assert_int_equal(info->si_code, ABI_CLD_EXITED);
	assert_int_equal(info->si_status, 3);
	assert_int_equal(u_reap(other), 3 << 8);
	unit_notes();
}

static void waitid_arguments_are_checked(void)
{
	long pid = u_vfork(end_with_3);

	call_waitid(ABI_P_PGID + 1, pid, ABI_WEXITED, -EINVAL);
	call_waitid(-1, pid, ABI_WEXITED, -EINVAL);
	call_waitid(ABI_P_PID, pid, ABI_WNOHANG, -EINVAL);
	call_waitid(ABI_P_PID, pid, ABI_WEXITED | 0x1000, -EINVAL);
	call_waitid(ABI_P_PID, pid + 1, ABI_WEXITED, -ECHILD);
	assert_int_equal(call_wait(pid, NULL, ABI_WNOWAIT), -EINVAL);
	assert_int_equal(call_wait(INT_MIN, NULL, 0), -ECHILD);
	assert_int_equal(u_reap(pid), 3 << 8);
}

static void in_own_group(void)
{
	sys_setpgid(0, 0);
	u_exit(4);
}

static void wait_by_group(void)
{
	long grouped = u_vfork(in_own_group), same = u_vfork(end_with_3);

	assert_int_equal(call_wait(-grouped - 1, NULL, 0), -ECHILD);
	assert_int_equal(call_wait(0, NULL, 0), same);
	assert_int_equal(call_wait(0, NULL, 0), -ECHILD);
	assert_int_equal(call_wait(-grouped, NULL, 0), grouped);
	assert_int_equal(call_wait(-1, NULL, 0), -ECHILD);
}

static int told[8];
static unsigned count;

static void on_child(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)sig, (void)context;
	told[count++] = info->si_code;
	told[count++] = info->si_status;
}

static void stop_and_end(void)
{
	long pid = u_start(work);

	u_kill(pid, ABI_SIGSTOP);
	u_sleep(10);
	u_kill(pid, ABI_SIGCONT);
	u_sleep(10);
	u_kill(pid, ABI_SIGTERM);
	u_sleep(10);
	assert_int_equal(u_reap(pid), ABI_SIGTERM);
}

static void sigchld_for_all(void)
{
	count = 0;
	u_action(ABI_SIGCHLD, (uintptr_t)on_child, ABI_SA_SIGINFO);
	stop_and_end();
	assert_int_equal(count, 6);
	assert_int_equal(told[0], ABI_CLD_STOPPED);
	assert_int_equal(told[1], ABI_SIGSTOP);
	assert_int_equal(told[2], ABI_CLD_CONTINUED);
	assert_int_equal(told[3], ABI_SIGCONT);
	assert_int_equal(told[4], ABI_CLD_KILLED);
	assert_int_equal(told[5], ABI_SIGTERM);
}

static void sigchld_for_the_end_only(void)
{
	count = 0;
	u_action(ABI_SIGCHLD, (uintptr_t)on_child, ABI_SA_NOCLDSTOP);
	stop_and_end();
	assert_int_equal(count, 2);
	assert_int_equal(told[0], ABI_CLD_KILLED);
}

static void sigchld_tells_unless_nocldstop(void)
{
	long pid;

	world_program("first", sigchld_for_all);
	pid = u_spawn("/first");
	assert_int_equal(u_reap(pid), 0);
	world_program("second", sigchld_for_the_end_only);
	pid = u_spawn("/second");
	assert_int_equal(u_reap(pid), 0);
}

static unsigned processes(void)
{
	unsigned n = 0;

	for (struct process *it = process_next(NULL); it; it = process_next(it))
		n++;
	return n;
}

/* The lender still sleeps when its child, which nobody waits for, is taken away. */
static void without_zombies(void)
{
	unsigned before = processes();
	long pid = u_vfork(end_with_3);

	assert_true(pid > sys_getpid());
	assert_int_equal(processes(), before);
	assert_null(process_find((int)pid));
	assert_int_equal(call_wait(pid, NULL, 0), -ECHILD);
	pid = u_start(stop_later);
	u_kill(pid, ABI_SIGKILL);
	assert_int_equal(call_wait(-1, NULL, 0), -ECHILD); /* sleeps until it has ended */
	assert_int_equal(processes(), before);
}

static void ignores_sigchld(void)
{
	u_action(ABI_SIGCHLD, ABI_SIG_IGN, 0);
	without_zombies();
}

static void wants_no_zombies(void)
{
	u_action(ABI_SIGCHLD, ABI_SIG_DFL, ABI_SA_NOCLDWAIT);
	without_zombies();
}

static void wants_no_zombies_but_signals(void)
{
	count = 0;
	u_action(ABI_SIGCHLD, (uintptr_t)on_child, ABI_SA_NOCLDWAIT | ABI_SA_RESTART);
	without_zombies();
	assert_int_equal(count, 4);
	assert_int_equal(told[0], ABI_CLD_EXITED);
	assert_int_equal(told[1], 3);
}

static void children_that_nobody_waits_for_leave_no_zombie(void)
{
	u_lend(ignores_sigchld);
	u_lend(wants_no_zombies);
	u_lend(wants_no_zombies_but_signals);
}

static const struct CMUnitTest tests[] = {
	WORLD(sigchld, waitid_tells_all),
	WORLD(sigchld, waitid_arguments_are_checked),
	WORLD(sigchld, wait_by_group),
	WORLD(sigchld, sigchld_tells_unless_nocldstop),
	WORLD(sigchld, children_that_nobody_waits_for_leave_no_zombie),
};
UNIT_MAIN(sigchld, tests)
