/*
 * Row 12: what exec keeps and what it ends: the pid stays, ignored signals stay ignored, descriptors marked close-on-exec
 * are closed, the others stay open.
 */
#include "suite.h"

#include <fcntl.h>
#include <signal.h>

#define ROUNDS 100

/* Sends its pid. */
static int tells_its_pid(void)
{
	pid_t self = getpid();

	return write(SUITE_OUT, &self, sizeof self) != sizeof self;
}

static int lives_until_told(void)
{
	return suite_receive(SUITE_IN) < 0;
}

static int tells_what_is_ignored(void)
{
	return signal(SIGUSR1, SIG_DFL) == SIG_IGN && signal(SIGUSR2, SIG_DFL) == SIG_DFL ? 0 : 1;
}

static int the_pid_is_kept(void)
{
	volatile pid_t before = -1;
	pid_t after = -1, pid;
	int out[2];

	CHECK_EQUAL(suite_pipe(out), 0);
	pid = vfork();
	if (pid == 0) {
		before = getpid();
		dup2(out[1], SUITE_OUT);
		suite_exec("tells_its_pid");
		_exit(127);
	}
	CHECK_EQUAL(before, pid);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(read(out[0], &after, sizeof after), sizeof after);
	CHECK_EQUAL(after, pid);
	return 0;
}

static int ignored_signals_stay_ignored(void)
{
	pid_t pid;

	CHECK(signal(SIGUSR1, SIG_IGN) == SIG_DFL);
	pid = vfork();
	if (pid == 0) {
		suite_exec("tells_what_is_ignored");
		_exit(127);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	return 0;
}

/* Starts a program that lives until told, while the caller holds the reading end of a pipe, and closes the writing end. */
static pid_t start_beside(int go, const int ends[2])
{
	pid_t pid = suite_start("lives_until_told", go, -1);

	close(ends[1]);
	return pid;
}

static int marked_descriptors_are_closed(void)
{
	int ends[2], go[2];
	pid_t pid;

	CHECK_EQUAL(suite_pipe(ends), 0);
	CHECK_EQUAL(suite_pipe(go), 0);
	pid = start_beside(go[0], ends);
	CHECK(pid > 0);
	CHECK_EQUAL(suite_receive(ends[0]), -1);
	CHECK_EQUAL(waitpid(pid, NULL, WNOHANG), 0);
	CHECK_EQUAL(suite_send(go[1], 'g'), 1);
	CHECK_EQUAL(suite_end(pid), 0);
	return 0;
}

static int marked_descriptors_are_closed_before_the_parent_wakes(void)
{
	for (int i = 0; i < ROUNDS; i++) {
		int ends[2], go[2];
		char byte;
		pid_t pid;

		CHECK_EQUAL(suite_pipe(ends), 0);
		CHECK_EQUAL(suite_pipe(go), 0);
		CHECK_EQUAL(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
		pid = start_beside(go[0], ends);
		CHECK(pid > 0);
		CHECK_EQUAL(read(ends[0], &byte, 1), 0); /* -1 with EAGAIN: someone still has the other end */
		CHECK_EQUAL(suite_send(go[1], 'g'), 1);
		CHECK_EQUAL(suite_end(pid), 0);
		close(ends[0]);
		close(go[0]);
		close(go[1]);
	}
	return 0;
}

static int other_descriptors_stay_open(void)
{
	int out[2];
	pid_t pid, told = -1;

	CHECK_EQUAL(suite_pipe(out), 0);
	pid = suite_start("tells_its_pid", -1, out[1]);
	CHECK(pid > 0);
	close(out[1]);
	CHECK_EQUAL(read(out[0], &told, sizeof told), sizeof told);
	CHECK_EQUAL(told, pid);
	CHECK_EQUAL(suite_receive(out[0]), -1);
	CHECK_EQUAL(suite_end(pid), 0);
	return 0;
}

SUITE(row12_exec, CASE(the_pid_is_kept, BY_POSIX), CASE(ignored_signals_stay_ignored, BY_POSIX),
	CASE(marked_descriptors_are_closed, BY_POSIX),
	CASE(marked_descriptors_are_closed_before_the_parent_wakes, BY_SUBLET),
	CASE(other_descriptors_stay_open, BY_POSIX), HELPER(tells_its_pid), HELPER(lives_until_told),
	HELPER(tells_what_is_ignored))
