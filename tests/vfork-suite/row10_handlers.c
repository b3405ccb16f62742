/*
 * Row 10: signals sent to the parent during the loan are kept: their handlers run once each, in the parent, after the
 * child has released the memory.
 */
#include "suite.h"

#include "handlers.h"

static volatile int released, early;
static volatile pid_t ran_in;

static void note_when(int signal_number)
{
	caught[signal_number]++;
	if (!released)
		early++;
	ran_in = getpid();
}

/* What a child does between a signal to its parent and its end: time for the parent to go wrong in. */
IN_CHILD void take_time(void)
{
	for (int i = 0; i < 1000; i++)
		getppid();
}

static int a_handler_runs_once_after_exit(void)
{
	pid_t pid;

	CHECK_EQUAL(set_action(SIGUSR1, note_when), 0);
	pid = vfork();
	if (pid == 0) {
		kill(getppid(), SIGUSR1);
		take_time();
		released = 1;
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(caught[SIGUSR1], 1);
	CHECK_EQUAL(early, 0);
	CHECK_EQUAL(ran_in, getpid());
	return 0;
}

static int a_handler_runs_once_after_exec(void)
{
	pid_t pid;

	CHECK_EQUAL(set_action(SIGUSR1, note_when), 0);
	pid = vfork();
	if (pid == 0) {
		kill(getppid(), SIGUSR1);
		take_time();
		released = 1;
		suite_exec("does_nothing");
		_exit(127);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(caught[SIGUSR1], 1);
	CHECK_EQUAL(early, 0);
	CHECK_EQUAL(ran_in, getpid());
	return 0;
}

static int does_nothing(void)
{
	return 0;
}

static const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGTERM};

IN_CHILD void send_all_to_the_parent(void)
{
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		kill(getppid(), signals[i]);
}

static int different_signals_are_all_kept(void)
{
	pid_t pid;

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		CHECK_EQUAL(set_action(signals[i], note_when), 0);
	pid = vfork();
	if (pid == 0) {
		send_all_to_the_parent();
		take_time();
		released = 1;
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		CHECK_EQUAL(caught[signals[i]], 1);
	CHECK_EQUAL(early, 0);
	return 0;
}

/* Sends SIGUSR1 to the process whose pid it reads, then says so. */
static int signals_who_writes(void)
{
	pid_t target;

	if (read(SUITE_IN, &target, sizeof target) != sizeof target || kill(target, SIGUSR1) != 0)
		return 1;
	return suite_send(SUITE_OUT, 'k') != 1;
}

/* Has the helper signal the parent; the helper's answer. */
IN_CHILD int have_the_parent_signalled(int to, int from)
{
	pid_t parent = getppid();

	write(to, &parent, sizeof parent);
	return suite_receive(from);
}

static int a_third_process_may_send_it(void)
{
	volatile int answer = 0;
	int in[2], out[2];
	pid_t helper, pid;

	CHECK_EQUAL(set_action(SIGUSR1, note_when), 0);
	CHECK_EQUAL(suite_pipe(in), 0);
	CHECK_EQUAL(suite_pipe(out), 0);
	helper = suite_start("signals_who_writes", in[0], out[1]);
	CHECK(helper > 0);
	pid = vfork();
	if (pid == 0) {
		answer = have_the_parent_signalled(in[1], out[0]);
		take_time();
		released = 1;
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(caught[SIGUSR1], 1);
	CHECK_EQUAL(early, 0);
	CHECK_EQUAL(answer, 'k');
	CHECK_EQUAL(suite_end(helper), 0);
	return 0;
}

static int a_blocked_signal_stays_pending(void)
{
	sigset_t set, pending;
	pid_t pid;

	CHECK_EQUAL(set_action(SIGUSR1, note_when), 0);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK_EQUAL(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	pid = vfork();
	if (pid == 0)
		_exit(kill(getppid(), SIGUSR1) != 0);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(caught[SIGUSR1], 0);
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK_EQUAL(sigismember(&pending, SIGUSR1), 1);
	released = 1;
	CHECK_EQUAL(sigprocmask(SIG_UNBLOCK, &set, NULL), 0);
	CHECK_EQUAL(caught[SIGUSR1], 1);
	return 0;
}

SUITE(row10_handlers, CASE(a_handler_runs_once_after_exit, BY_LINUX | BY_SUBLET),
	CASE(a_handler_runs_once_after_exec, BY_LINUX | BY_SUBLET),
	CASE(different_signals_are_all_kept, BY_LINUX | BY_SUBLET),
	CASE(a_third_process_may_send_it, BY_LINUX | BY_SUBLET),
	CASE(a_blocked_signal_stays_pending, BY_LINUX | BY_SUBLET), HELPER(does_nothing), HELPER(signals_who_writes))
