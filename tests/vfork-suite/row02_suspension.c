/*
 * Row 2: the caller sleeps until the child execs, _exits or is ended by a signal or a fault. The child takes its time by
 * letters to and from a helper, so a parent that does not sleep has every chance to be seen.
 */
#include "suite.h"

#include <signal.h>

#define LETTERS 5

static volatile int progress;

/* Sends back what it gets. */
static int echoes(void)
{
	int byte;

	while ((byte = suite_receive(SUITE_IN)) >= 0)
		suite_send(SUITE_OUT, (char)byte);
	return 0;
}

/* Ends with the number it is sent; without one, with 1. */
static int waits_for_its_status(void)
{
	int byte = suite_receive(SUITE_IN);

	return byte < 0 ? 1 : byte;
}

/* Kills the process whose pid it is sent. */
static int kills_who_writes(void)
{
	pid_t victim;

	if (read(SUITE_IN, &victim, sizeof victim) != sizeof victim)
		return 1;
	return kill(victim, SIGKILL) != 0;
}

/* A helper that echoes: letters go to `to` and come back by `from`. */
struct echo {
	pid_t pid;
	int to, from;
};

static int start_echo(struct echo *echo)
{
	int in[2], out[2];

	if (suite_pipe(in) < 0 || suite_pipe(out) < 0)
		return -1;
	echo->pid = suite_start("echoes", in[0], out[1]);
	echo->to = in[1];
	echo->from = out[0];
	close(in[0]);
	close(out[1]);
	return echo->pid > 0 ? 0 : -1;
}

static int end_echo(const struct echo *echo)
{
	close(echo->to);
	close(echo->from);
	return suite_end(echo->pid);
}

/* What a child does here before it ends in one way or another. */
IN_CHILD void take_time(const struct echo *echo)
{
	for (int i = 0; i < LETTERS; i++) {
		suite_send(echo->to, 'x');
		if (suite_receive(echo->from) == 'x')
			progress++;
	}
}

static int until_the_child_exits(void)
{
	struct echo echo;
	pid_t pid;

	CHECK_EQUAL(start_echo(&echo), 0);
	pid = vfork();
	if (pid == 0) {
		take_time(&echo);
		_exit(7);
	}
	CHECK_EQUAL(progress, LETTERS);
	CHECK_EQUAL(suite_end(pid), 7);
	CHECK_EQUAL(end_echo(&echo), 0);
	return 0;
}

static int until_the_child_execs_and_no_longer(void)
{
	struct echo echo;
	int status[2];
	pid_t pid;

	CHECK_EQUAL(start_echo(&echo), 0);
	CHECK_EQUAL(suite_pipe(status), 0);
	pid = vfork();
	if (pid == 0) {
		take_time(&echo);
		dup2(status[0], SUITE_IN);
		suite_exec("waits_for_its_status");
		_exit(127);
	}
	CHECK_EQUAL(progress, LETTERS);
	CHECK_EQUAL(waitpid(pid, NULL, WNOHANG), 0);
	CHECK_EQUAL(suite_send(status[1], 9), 1);
	CHECK_EQUAL(suite_end(pid), 9);
	CHECK_EQUAL(end_echo(&echo), 0);
	return 0;
}

static int until_a_signal_ends_the_child(void)
{
	struct echo echo;
	pid_t pid;

	CHECK_EQUAL(start_echo(&echo), 0);
	pid = vfork();
	if (pid == 0) {
		take_time(&echo);
		kill(getpid(), SIGTERM);
		_exit(0);
	}
	CHECK_EQUAL(progress, LETTERS);
	CHECK_EQUAL(suite_end(pid), SUITE_SIGNAL + SIGTERM);
	CHECK_EQUAL(end_echo(&echo), 0);
	return 0;
}

/* Has itself killed; returns only if that fails. */
IN_CHILD void be_killed(int killer, int never)
{
	pid_t self = getpid();

	write(killer, &self, sizeof self);
	suite_receive(never);
}

static int until_another_process_kills_the_child(void)
{
	int in[2], never[2];
	pid_t killer, pid;
	volatile int outlived = 0;

	CHECK_EQUAL(suite_pipe(in), 0);
	CHECK_EQUAL(suite_pipe(never), 0);
	killer = suite_start("kills_who_writes", in[0], -1);
	CHECK(killer > 0);
	pid = vfork();
	if (pid == 0) {
		be_killed(in[1], never[0]);
		outlived = 1;
		_exit(0);
	}
	CHECK_EQUAL(outlived, 0);
	CHECK_EQUAL(suite_end(pid), SUITE_SIGNAL + SIGKILL);
	CHECK_EQUAL(suite_end(killer), 0);
	return 0;
}

static int until_the_child_faults(void)
{
	struct echo echo;
	volatile int *volatile nowhere = NULL;
	int end;
	pid_t pid;

	CHECK_EQUAL(start_echo(&echo), 0);
	pid = vfork();
	if (pid == 0) {
		take_time(&echo);
		*nowhere = 1;
		_exit(0);
	}
	CHECK_EQUAL(progress, LETTERS);
	end = suite_end(pid);
	CHECK(end == SUITE_SIGNAL + SIGSEGV || end == SUITE_SIGNAL + SIGBUS);
	CHECK_EQUAL(end_echo(&echo), 0);
	return 0;
}

SUITE(row02_suspension, CASE(until_the_child_exits, BY_ALL_MANUALS),
	CASE(until_the_child_execs_and_no_longer, BY_ALL_MANUALS), CASE(until_a_signal_ends_the_child, BY_ALL_MANUALS),
	CASE(until_another_process_kills_the_child, BY_ALL_MANUALS), CASE(until_the_child_faults, BY_ALL_MANUALS),
	HELPER(echoes), HELPER(waits_for_its_status), HELPER(kills_who_writes))
