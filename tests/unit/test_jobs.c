/*
 * Job control in the kernel: stopping and going on, what wait tells of it, process groups and sessions, children that nobody waits for.
 */
#include "world.h"

#include <kernel/klog.h>
#include <limits.h>
#include <proc/signal.h>
#include <string.h>

static long call_kill(long pid, int sig)
{
	return u_call(6, (uintptr_t)pid, (uintptr_t)sig);
}

static long call_setpgid(long pid, long pgid)
{
	return u_call(55, (uintptr_t)pid, (uintptr_t)pgid);
}

static long call_wait(long pid, int *status, int options)
{
	return u_call(3, (uintptr_t)pid, status, (uintptr_t)options, NULL);
}

static struct abi_siginfo *call_waitid(int type, long id, int options, long expected)
{
	struct abi_siginfo *info = memset(u_alloc(sizeof *info), 0xee, sizeof *info);

	assert_int_equal(u_call(59, (uintptr_t)type, (uintptr_t)id, info, (uintptr_t)options), expected);
	return info;
}

static void run(void (*child)(void))
{
	assert_int_equal(u_reap(u_vfork(child)), 0);
}

static char state_of(long pid)
{
	return process_state_letter(process_find((int)pid));
}

/* In a group of its own, whose parent (init) could continue it: not orphaned. */
static void work(void)
{
	sys_setpgid(0, 0);
	for (;;) {
		u_sleep(1000);
		unit_note('w');
	}
}

static void expect_end(long pid, int sig)
{
	unit_notes();
	assert_int_equal(call_kill(pid, sig), 0);
	assert_int_equal(u_reap(pid), sig);
}

static void stopped_process_does_nothing_until_it_is_continued(void)
{
	long pid = u_start(work);

	call_kill(pid, ABI_SIGTSTP);
	u_sleep(5000);
	assert_string_equal(unit_notes(), "");
	assert_int_equal(state_of(pid), 'T');
	call_kill(pid, ABI_SIGUSR2 + 10); /* waits */
	u_sleep(5000);
	assert_int_equal(state_of(pid), 'T');
	call_kill(pid, ABI_SIGCONT);
	assert_int_equal(u_reap(pid), ABI_SIGUSR2 + 10);
}

static void kill_ends_a_stopped_process(void)
{
	long pid = u_start(work);

	call_kill(pid, ABI_SIGSTOP);
	u_sleep(10);
	assert_int_equal(state_of(pid), 'T');
	expect_end(pid, ABI_SIGKILL);
}

static void wait_tells_of_stopping_and_continuing_once(void)
{
	int *status = u_alloc(sizeof *status), all = ABI_WNOHANG | ABI_WUNTRACED | ABI_WCONTINUED;
	long pid = u_start(work);

	assert_int_equal(call_wait(pid, status, all), 0);
	call_kill(pid, ABI_SIGTTIN);
	u_sleep(10);
	assert_int_equal(call_wait(pid, status, ABI_WNOHANG), 0);
	assert_int_equal(call_wait(pid, status, ABI_WNOHANG | ABI_WCONTINUED), 0);
	assert_int_equal(call_wait(pid, status, all), pid);
	assert_int_equal(*status, ABI_SIGTTIN << 8 | 0x7f);
	assert_int_equal(call_wait(pid, status, all), 0);
	call_kill(pid, ABI_SIGCONT);
	assert_int_equal(call_wait(pid, status, ABI_WNOHANG | ABI_WUNTRACED), 0);
	assert_int_equal(call_wait(-1, status, all), pid);
	assert_int_equal(*status, ABI_W_CONTINUED_STATUS);
	assert_int_equal(call_wait(pid, status, all), 0);
	assert_int_equal(call_kill(pid, ABI_SIGCONT), 0); /* it was not stopped: nothing to tell */
	assert_int_equal(call_wait(pid, status, all), 0);
	expect_end(pid, ABI_SIGTERM);
}

static void stop_later(void)
{
	sys_setpgid(0, 0);
	u_sleep(500);
	signal_send(process_current(), ABI_SIGSTOP);
	u_return();
	unit_note('c');
}

static void wait_sleeps_until_the_child_stops(void)
{
	int *status = u_alloc(sizeof *status);
	long pid = u_start(stop_later);

	assert_int_equal(call_wait(pid, status, ABI_WUNTRACED), pid);
	assert_int_equal(*status, ABI_SIGSTOP << 8 | 0x7f);
	assert_string_equal(unit_notes(), "");
	call_kill(pid, ABI_SIGCONT);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "c");
}

static void end_with_3(void)
{
	u_exit(3);
}

static void waitid_tells_all(void)
{
	long pid = u_start(work), other;
	struct abi_siginfo *info;

	info = call_waitid(ABI_P_PID, pid, ABI_WEXITED | ABI_WNOHANG, 0);
	assert_int_equal(info->si_signo, 0);
	assert_int_equal(info->si_pid, 0);
	call_kill(pid, ABI_SIGSTOP);
	u_sleep(10);
	call_waitid(ABI_P_PID, pid, ABI_WEXITED | ABI_WCONTINUED | ABI_WNOHANG, 0);
	for (int again = 0; again < 2; again++) {
		info = call_waitid(ABI_P_ALL, 0, ABI_WSTOPPED | (again ? 0 : ABI_WNOWAIT), 0);
		assert_int_equal(info->si_signo, ABI_SIGCHLD);
		assert_int_equal(info->si_code, ABI_CLD_STOPPED);
		assert_int_equal(info->si_pid, pid);
		assert_int_equal(info->si_status, ABI_SIGSTOP);
	}
	call_kill(pid, ABI_SIGCONT);
	info = call_waitid(ABI_P_PGID, pid, ABI_WCONTINUED, 0);
	assert_int_equal(info->si_code, ABI_CLD_CONTINUED);
	assert_int_equal(info->si_status, ABI_SIGCONT);
	call_kill(pid, ABI_SIGINT);
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

/* --- SIGCHLD --- */

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

	call_kill(pid, ABI_SIGSTOP);
	u_sleep(10);
	call_kill(pid, ABI_SIGCONT);
	u_sleep(10);
	call_kill(pid, ABI_SIGTERM);
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
	call_kill(pid, ABI_SIGKILL);
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
	run(ignores_sigchld);
	run(wants_no_zombies);
	run(wants_no_zombies_but_signals);
}

/* --- borrowers --- */

static void stop_myself(void)
{
	sys_setpgid(0, 0);
	signal_send(process_current(), ABI_SIGSTOP);
	signal_send(process_current(), ABI_SIGTSTP);
	u_return();
	u_sleep(100); /* sleeps, though a signal waits */
	assert_true(process_current()->signals.pending.set == (SIGNAL_BIT(ABI_SIGSTOP) | SIGNAL_BIT(ABI_SIGTSTP)));
	unit_note('b');
	u_execve(u_string("/program"), NULL, NULL);
}

static void after_exec(void)
{
	unit_note('x');
}

static void stop_signals_wait_while_borrowing(void)
{
	int *status = u_alloc(sizeof *status);
	uint64_t start = host_time();
	long pid;

	world_program("program", after_exec);
	pid = u_vfork(stop_myself);
	assert_true(host_time() >= start + 100);
	assert_int_equal(call_wait(pid, status, ABI_WUNTRACED), pid);
	assert_int_equal(*status, ABI_SIGSTOP << 8 | 0x7f);
	assert_string_equal(unit_notes(), "b");
	call_kill(pid, ABI_SIGCONT); /* takes the other stop away as well */
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "x");
}

static void suspend_with_a_stop_pending(void)
{
	abi_sigset *mask = u_alloc(sizeof *mask);

	signal_send(process_current(), ABI_SIGSTOP);
	*mask = 0;
	unit_note('s');
	u_call(48, mask);
	unit_note('!');
}

static void lend_to_suspended(void)
{
	u_vfork(suspend_with_a_stop_pending);
}

static void deferred_stop_ends_no_sleep(void)
{
	long pid = u_start(lend_to_suspended);
	struct process *child = process_find((int)pid + 1);

	assert_string_equal(unit_notes(), "s");
	assert_int_equal(child->thread->state, THREAD_SLEEPING);
	assert_int_equal(call_kill(child->pid, ABI_SIGTERM), 0);
	assert_int_equal(u_reap(pid), 0);
	assert_true(u_wait(-1, NULL) == pid + 1);
}

static struct abi_timespec *ticks_span(ticks_t ticks)
{
	struct abi_timespec *span = u_alloc(sizeof *span);

	*span = (struct abi_timespec){0, (long)ticks * (1000000000 / ARCH_TIMER_HZ)};
	return span;
}

static void sleep_while_borrowing(void)
{
	unit_note(u_call(11, ticks_span(100), NULL) == 0 ? 's' : '!');
}

static void lend_to_a_sleeper(void)
{
	u_reap(u_vfork(sleep_while_borrowing));
	unit_note('l');
}

static void stop_sent_to_a_sleeping_borrower_ends_no_sleep(void)
{
	long pid = u_start(lend_to_a_sleeper);
	struct process *child = process_find((int)pid + 1);

	assert_int_equal(child->thread->state, THREAD_SLEEPING);
	assert_int_equal(call_kill(child->pid, ABI_SIGTSTP), 0);
	assert_int_equal(call_kill(child->pid, ABI_SIGSTOP), 0);
	assert_int_equal(child->thread->state, THREAD_SLEEPING);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "sl");
}

static ticks_t slept;

static void nap(void)
{
	ticks_t start = host_time();

	sys_setpgid(0, 0);
	unit_note(u_call(11, ticks_span(1000), NULL) == 0 ? 'n' : '!');
	slept = host_time() - start;
}

static void wait_for_a_signal(void)
{
	abi_sigset *set = u_alloc(sizeof *set);
	ticks_t start = host_time();

	sys_setpgid(0, 0);
	*set = SIGNAL_BIT(ABI_SIGUSR1);
	unit_note(u_call(49, set, NULL, ticks_span(1000)) == -EAGAIN ? 'n' : '!');
	slept = host_time() - start;
}

static void wait_for_a_file(void)
{
	ticks_t start = host_time();

	sys_setpgid(0, 0);
	unit_note(u_call(75, NULL, (uintptr_t)0, (uintptr_t)1) == 0 ? 'n' : '!');
	slept = (host_time() - start) / 10; /* 1 ms */
}

static void sleep_goes_on_after_a_stop_until_its_deadline(void)
{
	static void (*const sleepers[])(void) = {nap, wait_for_a_signal, wait_for_a_file};

	for (int i = 0; i < 3; i++) {
		long pid = u_start(sleepers[i]);

		u_sleep(100);
		call_kill(pid, ABI_SIGSTOP);
		u_sleep(100);
		assert_int_equal(state_of(pid), 'T');
		call_kill(pid, ABI_SIGCONT);
		u_sleep(100);
		assert_int_equal(state_of(pid), 'S');
		assert_int_equal(u_reap(pid), 0);
		assert_string_equal(unit_notes(), "n");
		assert_int_equal(slept, 1000);
	}
}

static void stop_outlasts_the_deadline(void)
{
	long pid = u_start(nap);

	call_kill(pid, ABI_SIGTSTP);
	u_sleep(3000);
	call_kill(pid, ABI_SIGCONT);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "n");
	assert_true(slept >= 3000);
}

static void stop_the_lender(void)
{
	u_sleep(500);
	unit_note('c');
}

static void lend(void)
{
	sys_setpgid(0, 0);
	u_reap(u_vfork(stop_the_lender));
	unit_note('l');
}

static void stopped_lender_stops_when_it_has_its_memory_back(void)
{
	int *status = u_alloc(sizeof *status);
	long pid = u_start(lend);

	call_kill(pid, ABI_SIGSTOP);
	assert_int_equal(state_of(pid), 'D');
	assert_int_equal(call_wait(pid, status, ABI_WUNTRACED), pid);
	assert_string_equal(unit_notes(), "c");
	assert_int_equal(state_of(pid), 'T');
	call_kill(pid, ABI_SIGCONT);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "l");
}

/* --- groups and sessions --- */

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
	run(own_groups);
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
	assert_int_equal(call_kill(-first, 0), 0);
	assert_int_equal(call_kill(-9999, 0), -ESRCH);
	assert_int_equal(call_kill(INT_MIN, 0), -ESRCH);
	assert_int_equal(call_kill(-first, ABI_SIGTERM), 0);
	assert_int_equal(u_reap(first), ABI_SIGTERM);
	assert_int_equal(u_reap(other), ABI_SIGTERM);
	assert_int_equal(state_of(second), 'S');
	assert_int_equal(call_kill(-first, 0), -ESRCH);
	expect_end(second, ABI_SIGKILL);
}

static void kill_my_group(void)
{
	long inside = u_start(sleep_here), outside = u_start(work);

	assert_int_equal(process_find((int)inside)->pgrp, process_current()->pgrp);
	u_action(ABI_SIGTERM, ABI_SIG_IGN, 0); /* after the others started */
	assert_int_equal(call_kill(0, ABI_SIGTERM), 0);
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
		call_kill(pid, stops[i]);
		u_sleep(10);
		assert_int_not_equal(state_of(pid), 'T');
		assert_int_equal(u_reap(pid), 0); /* its sleep was cut short */
	}
	pid = u_start(sleep_here);
	call_kill(pid, ABI_SIGSTOP);
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

static void cont_takes_stops_away_and_the_other_way_round(void)
{
	struct signals *signals;
	long pid = u_start(work);

	signals = &process_find((int)pid)->signals;
	signals->first.blocked = SIGNAL_BIT(ABI_SIGCONT) | SIGNAL_BIT(ABI_SIGTSTP);
	call_kill(pid, ABI_SIGTSTP);
	assert_true(signals->pending.set == SIGNAL_BIT(ABI_SIGTSTP));
	call_kill(pid, ABI_SIGCONT);
	assert_true(signals->pending.set == SIGNAL_BIT(ABI_SIGCONT));
	call_kill(pid, ABI_SIGTSTP);
	assert_true(signals->pending.set == SIGNAL_BIT(ABI_SIGTSTP));
	expect_end(pid, ABI_SIGKILL);
}

static void ignore_cont(void)
{
	sys_setpgid(0, 0);
	u_action(ABI_SIGCONT, ABI_SIG_IGN, 0);
	u_sleep(1000000);
}

/* From a program and from the kernel. */
static void ignored_cont_continues_all_the_same(void)
{
	for (int kernel = 0; kernel < 2; kernel++) {
		long pid = u_start(ignore_cont);

		call_kill(pid, ABI_SIGSTOP);
		u_sleep(10);
		assert_int_equal(state_of(pid), 'T');
		if (kernel)
			signal_send(process_find((int)pid), ABI_SIGCONT);
		else
			call_kill(pid, ABI_SIGCONT);
		assert_int_equal(process_find((int)pid)->stopped, 0);
		assert_int_equal(u_reap(pid), 0);
	}
}

static const struct CMUnitTest tests[] = {
	WORLD(jobs, stopped_process_does_nothing_until_it_is_continued),
	WORLD(jobs, kill_ends_a_stopped_process),
	WORLD(jobs, wait_tells_of_stopping_and_continuing_once),
	WORLD(jobs, wait_sleeps_until_the_child_stops),
	WORLD(jobs, waitid_tells_all),
	WORLD(jobs, waitid_arguments_are_checked),
	WORLD(jobs, wait_by_group),
	WORLD(jobs, sigchld_tells_unless_nocldstop),
	WORLD(jobs, children_that_nobody_waits_for_leave_no_zombie),
	WORLD(jobs, stop_signals_wait_while_borrowing),
	WORLD(jobs, deferred_stop_ends_no_sleep),
	WORLD(jobs, stop_sent_to_a_sleeping_borrower_ends_no_sleep),
	WORLD(jobs, sleep_goes_on_after_a_stop_until_its_deadline),
	WORLD(jobs, stop_outlasts_the_deadline),
	WORLD(jobs, stopped_lender_stops_when_it_has_its_memory_back),
	WORLD(jobs, setpgid_matrix),
	WORLD(jobs, setpgid_and_setsid_of_oneself),
	WORLD(jobs, parent_moves_a_child_that_has_not_execed),
	WORLD(jobs, kill_by_group),
	WORLD(jobs, kill_0_is_my_group),
	WORLD(jobs, terminal_stops_do_nothing_in_an_orphaned_group),
	WORLD(jobs, newly_orphaned_stopped_group_is_hung_up),
	WORLD(jobs, cont_takes_stops_away_and_the_other_way_round),
	WORLD(jobs, ignored_cont_continues_all_the_same),
};
UNIT_MAIN(jobs, tests)
