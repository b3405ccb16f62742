/*
 * Signals and the loan: to a lender, to a borrower, what a child inherits and what exec keeps.
 */
#include "harness.h"
#include "signalling.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile pid_t ran_in[16];
static volatile int values[16];

static void note_where(int sig, siginfo_t *from, void *context)
{
	(void)context;
	ran_in[calls & 15] = getpid();
	values[calls & 15] = from->si_value.sival_int;
	note(sig);
}

static int signals_to_a_lender_wait_for_the_release(void)
{
	struct sigaction act = {.sa_sigaction = note_where, .sa_flags = SA_SIGINFO, .sa_mask = ~(sigset_t)0};
	volatile int early = 0;

	CHECK_EQUAL(sigaction(SIGUSR1, &act, NULL), 0);
	CHECK_EQUAL(sigaction(SIGRTMIN, &act, NULL), 0);
	pid_t pid = vfork();
	if (pid == 0) {
		for (int i = 0; i < 5; i++) {
			kill(getppid(), SIGUSR1);
			sigqueue(getppid(), SIGRTMIN, (union sigval){.sival_int = i});
		}
		early = calls;
		_exit(0);
	}
	CHECK_EQUAL(early, 0);
	CHECK_EQUAL(calls, 6);
	CHECK_EQUAL(order[0], SIGUSR1);
	for (int i = 0; i < 6; i++)
		CHECK_EQUAL(ran_in[i], getpid());
	for (int i = 0; i < 5; i++) {
		CHECK_EQUAL(order[i + 1], SIGRTMIN);
		CHECK_EQUAL(values[i + 1], i);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	return 0;
}

static int exits_with_6(void)
{
	return 6;
}

static int signals_to_a_lender_arrive_after_exec_too(void)
{
	CHECK_EQUAL(handle_info(SIGUSR1, note_where, 0), 0);
	pid_t pid = vfork();
	if (pid == 0) {
		kill(getppid(), SIGUSR1);
		target_exec("exits_with_6");
		_exit(127);
	}
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(ran_in[0], getpid());
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 6);
	return 0;
}

/* vfork is no call that EINTR could end: the child's pid arrives whatever does. */
static int a_signal_does_not_change_what_vfork_returns(void)
{
	CHECK_EQUAL(handle(SIGUSR1, note, 0), 0);
	for (volatile int i = 1; i <= 10; i++) {
		volatile pid_t seen = 0;
		pid_t pid = vfork();

		if (pid == 0) {
			seen = getpid();
			kill(getppid(), SIGUSR1);
			_exit(0);
		}
		CHECK_EQUAL(pid, seen);
		CHECK_EQUAL(calls, i);
		CHECK_EQUAL(target_wait(pid), 0);
	}
	return 0;
}

static int a_child_has_its_parents_handlers(void)
{
	CHECK_EQUAL(handle_info(SIGUSR1, note_where, 0), 0);
	pid_t pid = vfork();
	if (pid == 0) {
		raise(SIGUSR1);
		_exit(0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(ran_in[0], pid);
	return 0;
}

static int a_childs_actions_and_mask_are_its_own(void)
{
	struct sigaction act;

	CHECK_EQUAL(handle(SIGUSR1, note, SA_RESTART), 0);
	CHECK_EQUAL(handle(SIGUSR2, note, 0), 0);
	pid_t pid = vfork();
	if (pid == 0) {
		handle(SIGUSR1, SIG_IGN, 0);
		handle(SIGUSR2, SIG_DFL, 0);
		handle(SIGTERM, note, 0);
		handle(SIGHUP, SIG_IGN, 0);
		change_mask(SIG_BLOCK, BIT(SIGALRM));
		_exit(0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(sigaction(SIGUSR1, NULL, &act), 0);
	CHECK(act.sa_handler == note);
	CHECK_EQUAL(act.sa_flags, SA_RESTART);
	CHECK_EQUAL(sigaction(SIGUSR2, NULL, &act), 0);
	CHECK(act.sa_handler == note);
	CHECK_EQUAL(sigaction(SIGTERM, NULL, &act), 0);
	CHECK(act.sa_handler == SIG_DFL);
	CHECK_EQUAL(sigaction(SIGHUP, NULL, &act), 0);
	CHECK(act.sa_handler == SIG_DFL);
	CHECK_EQUAL(mask_now(), 0);
	CHECK_EQUAL(raise(SIGUSR2), 0);
	CHECK_EQUAL(calls, 1);
	return 0;
}

/* The other way round: what the parent changes after the release does not reach the child. */
static int a_parents_later_changes_are_its_own(void)
{
	CHECK(signal(SIGTERM, SIG_IGN) == SIG_DFL);
	pid_t pid = vfork();
	if (pid == 0) {
		target_exec("waits_ignoring_sigterm");
		_exit(127);
	}
	CHECK(signal(SIGTERM, SIG_DFL) == SIG_IGN);
	CHECK(target_reaches_state(pid, 'S'));
	CHECK_EQUAL(kill(pid, SIGTERM), 0);
	CHECK_EQUAL(waitpid(pid, NULL, WNOHANG), 0);
	CHECK_EQUAL(WTERMSIG(target_end(pid)), SIGKILL);
	return 0;
}

static int waits_ignoring_sigterm(void)
{
	pause();
	return 1;
}

static int pending_signals_and_timers_are_not_inherited(void)
{
	volatile sigset_t inherited = ~(sigset_t)0;
	struct itimerval timer = {.it_value = {100, 0}};
	volatile int armed = 1;
	sigset_t pending;

	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGUSR1) | BIT(SIGRTMIN)), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK_EQUAL(raise(SIGRTMIN), 0);
	CHECK_EQUAL(setitimer(ITIMER_REAL, &timer, NULL), 0);
	pid_t pid = vfork();
	if (pid == 0) {
		sigset_t set;

		sigpending(&set);
		inherited = set;
		getitimer(ITIMER_REAL, &timer);
		armed = timer.it_value.tv_sec != 0 || timer.it_value.tv_usec != 0;
		_exit(0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK(inherited == 0);
	CHECK(!armed);
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK(pending == (BIT(SIGUSR1) | BIT(SIGRTMIN)));
	CHECK_EQUAL(alarm(0), 100);
	return 0;
}

/* One bit for each thing that exec should have kept or reset. */
static int tells_what_exec_kept(void)
{
	struct sigaction caught, ignored;
	stack_t stack;
	sigset_t pending;

	if (sigaction(SIGUSR1, NULL, &caught) < 0 || sigaction(SIGUSR2, NULL, &ignored) < 0 || sigpending(&pending) < 0 ||
	    sigaltstack(NULL, &stack) < 0)
		return 0;
	return (caught.sa_handler == SIG_DFL) | (ignored.sa_handler == SIG_IGN) << 1 |
	       (mask_now() == (BIT(SIGTERM) | BIT(SIGRTMAX))) << 2 | (pending == BIT(SIGTERM)) << 3 |
	       (stack.ss_flags == SS_DISABLE) << 4 | (alarm(0) == 100) << 5;
}

static int exec_resets_caught_signals_and_keeps_the_rest(void)
{
	static char other_stack[SIGSTKSZ];

	CHECK_EQUAL(handle(SIGUSR1, note, 0), 0);
	CHECK(signal(SIGUSR2, SIG_IGN) == SIG_DFL);
	CHECK_EQUAL(change_mask(SIG_SETMASK, BIT(SIGTERM) | BIT(SIGRTMAX)), 0);
	CHECK_EQUAL(sigaltstack(&(stack_t){.ss_sp = other_stack, .ss_size = sizeof other_stack}, NULL), 0);
	pid_t pid = vfork();
	if (pid == 0) {
		raise(SIGTERM);
		alarm(100);
		target_exec("tells_what_exec_kept");
		_exit(127);
	}
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 63);
	CHECK_EQUAL(raise(SIGUSR1), 0); /* ours is still there */
	CHECK_EQUAL(calls, 1);
	return 0;
}

static int a_borrower_stops_only_after_exec(void)
{
	static const int stops[] = {SIGSTOP, SIGTSTP};

	for (int i = 0; i < 2; i++) {
		volatile int went_on = 0;
		int status;
		pid_t pid = vfork();

		if (pid == 0) {
			setpgid(0, 0); /* or SIGTSTP would find an orphaned group */
			raise(stops[i]);
			went_on = 1;
			target_exec("exits_with_6");
			_exit(127);
		}
		CHECK(went_on);
		CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
		CHECK(WIFSTOPPED(status));
		CHECK_EQUAL(WSTOPSIG(status), stops[i]);
		CHECK_EQUAL(kill(pid, SIGCONT), 0);
		CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 6);
	}
	return 0;
}

static int a_borrower_with_a_pending_stop_can_exit_sleep_and_lend(void)
{
	volatile int slept = -1;
	pid_t pid = vfork();

	if (pid == 0) {
		raise(SIGSTOP);
		slept = usleep(5000);
		pid_t inner = vfork();
		if (inner == 0)
			_exit(2);
		_exit(WEXITSTATUS(target_wait(inner)));
	}
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 2);
	CHECK_EQUAL(slept, 0);
	return 0;
}

static int sigcont_takes_a_borrowers_stop_back(void)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		raise(SIGSTOP);
		raise(SIGCONT);
		target_exec("exits_with_6");
		_exit(127);
	}
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
	CHECK(WIFEXITED(status));
	CHECK_EQUAL(WEXITSTATUS(status), 6);
	return 0;
}

/* Its handler of SIGCHLD runs although the child that it tells of had borrowed its memory. */
static int sigchld_of_a_borrower_arrives_after_the_release(void)
{
	volatile int early = 0;

	CHECK_EQUAL(handle_info(SIGCHLD, note_where, SA_RESTART), 0);
	pid_t pid = vfork();
	if (pid == 0) {
		early = calls;
		_exit(0);
	}
	CHECK_EQUAL(early, 0);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(ran_in[0], getpid());
	CHECK_EQUAL(target_wait(pid), 0);
	return 0;
}

TARGET_CASES(sigloan, CASE(signals_to_a_lender_wait_for_the_release), CASE(signals_to_a_lender_arrive_after_exec_too),
	     CASE(a_signal_does_not_change_what_vfork_returns), CASE(a_child_has_its_parents_handlers),
	     CASE(a_childs_actions_and_mask_are_its_own), CASE(a_parents_later_changes_are_its_own),
	     CASE(pending_signals_and_timers_are_not_inherited), CASE(exec_resets_caught_signals_and_keeps_the_rest),
	     CASE(a_borrower_stops_only_after_exec), CASE(a_borrower_with_a_pending_stop_can_exit_sleep_and_lend),
	     CASE(sigcont_takes_a_borrowers_stop_back), CASE(sigchld_of_a_borrower_arrives_after_the_release),
	     HELPER(exits_with_6), HELPER(waits_ignoring_sigterm), HELPER(tells_what_exec_kept))
