/*
 * kill and signal: default actions, ignored signals, and SIGKILL to a process wherever it is.
 */
#include "harness.h"
#include "helpers.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int writes_without_end(void)
{
	char bytes[700] = {0};

	while (write(TARGET_OUT, bytes, sizeof bytes) > 0)
		;
	return 1;
}

static int sleeps(void)
{
	sleep(1000);
	return 1;
}

/* Waits for a child that does not end before its input does. */
static int waits_for_a_child(void)
{
	pid_t pid = target_start("echoes", TARGET_IN, -1);

	close(TARGET_IN);
	return pid > 0 ? target_wait(pid) : 1;
}

/* Tells how SIGTERM and SIGINT were inherited. */
static int tells_what_it_ignores(void)
{
	int ignored = (signal(SIGTERM, SIG_DFL) == SIG_IGN) | (signal(SIGINT, SIG_DFL) == SIG_IGN) << 1;

	return ignored;
}

/* A helper with a pipe to it and a pipe back. */
struct partner {
	pid_t pid;
	int to, from;
};

static int partner_start(struct partner *partner, const char *helper)
{
	int in[2], out[2];

	if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0)
		return 0;
	partner->pid = target_start(helper, in[0], out[1]);
	partner->to = in[1];
	partner->from = out[0];
	close(in[0]);
	close(out[1]);
	return partner->pid > 0;
}

static int partner_answers(const struct partner *partner)
{
	char byte = 0;

	return write(partner->to, "x", 1) == 1 && read(partner->from, &byte, 1) == 1 && byte == 'x';
}

static int partner_end(const struct partner *partner)
{
	close(partner->to);
	close(partner->from);
	return target_wait(partner->pid);
}

static int default_actions_end_the_process(void)
{
	static const int fatal[] = {SIGHUP, SIGINT,  SIGQUIT, SIGILL,  SIGTRAP, SIGABRT, SIGFPE,  SIGKILL,
				    SIGBUS, SIGSEGV, SIGSYS,  SIGPIPE, SIGALRM, SIGTERM, SIGUSR1, SIGUSR2};

	for (unsigned i = 0; i < sizeof fatal / sizeof fatal[0]; i++) {
		struct partner partner;
		int status;

		CHECK(partner_start(&partner, "echoes"));
		CHECK_EQUAL(kill(partner.pid, fatal[i]), 0);
		status = target_wait(partner.pid);
		CHECK(WIFSIGNALED(status));
		CHECK_EQUAL(WTERMSIG(status), fatal[i]);
		close(partner.to);
		close(partner.from);
	}
	return 0;
}

static int harmless_signals_change_nothing(void)
{
	static const int harmless[] = {SIGCHLD, SIGURG, SIGWINCH, SIGCONT};
	struct partner partner;

	CHECK(partner_start(&partner, "echoes"));
	for (unsigned i = 0; i < sizeof harmless / sizeof harmless[0]; i++) {
		CHECK(target_reaches_state(partner.pid, 'S'));
		CHECK_EQUAL(kill(partner.pid, harmless[i]), 0);
		CHECK(partner_answers(&partner));
	}
	CHECK_EQUAL(partner_end(&partner), 0);
	return 0;
}

static int signal_0_only_looks(void)
{
	struct partner partner;

	CHECK(partner_start(&partner, "echoes"));
	CHECK_EQUAL(kill(partner.pid, 0), 0);
	CHECK_EQUAL(kill(getpid(), 0), 0);
	CHECK_EQUAL(kill(1, 0), 0);
	CHECK_EQUAL(kill(-1, 0), 0);
	CHECK(partner_answers(&partner));
	CHECK_EQUAL(partner_end(&partner), 0);
	return 0;
}

static int nobody_gives_esrch(void)
{
	pid_t pid = vfork();

	if (pid == 0)
		_exit(0);
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(kill(pid, SIGTERM), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(kill(1000000, 0), -1);
	CHECK_EQUAL(errno, ESRCH);
	return 0;
}

static int unknown_signals_give_einval(void)
{
	static const int unknown[] = {-1, NSIG, 64, 1000};

	for (unsigned i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
		CHECK_EQUAL(kill(getpid(), unknown[i]), -1);
		CHECK_EQUAL(errno, EINVAL);
		CHECK(signal(unknown[i], SIG_IGN) == SIG_ERR);
		CHECK_EQUAL(errno, EINVAL);
	}
	CHECK(signal(0, SIG_IGN) == SIG_ERR);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int kill_and_stop_cannot_be_ignored(void)
{
	CHECK(signal(SIGKILL, SIG_IGN) == SIG_ERR);
	CHECK_EQUAL(errno, EINVAL);
	CHECK(signal(SIGSTOP, SIG_IGN) == SIG_ERR);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int an_ignored_signal_does_nothing(void)
{
	CHECK(signal(SIGTERM, SIG_IGN) == SIG_DFL);
	CHECK_EQUAL(raise(SIGTERM), 0);
	CHECK(signal(SIGTERM, SIG_DFL) == SIG_IGN); /* and it is not kept for later */
	CHECK_EQUAL(sched_yield(), 0);
	return 0;
}

static int ignored_signals_stay_ignored_over_exec(void)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		signal(SIGTERM, SIG_IGN);
		target_exec("tells_what_it_ignores");
		_exit(127);
	}
	status = target_wait(pid);
	CHECK(WIFEXITED(status));
	CHECK_EQUAL(WEXITSTATUS(status), 1);
	CHECK(signal(SIGTERM, SIG_DFL) == SIG_DFL); /* the child's choice was its own */
	return 0;
}

static int an_ignored_signal_does_not_interrupt(void)
{
	struct partner partner;

	CHECK(signal(SIGTERM, SIG_IGN) == SIG_DFL);
	CHECK(partner_start(&partner, "echoes"));
	CHECK(target_reaches_state(partner.pid, 'S'));
	CHECK_EQUAL(kill(partner.pid, SIGTERM), 0);
	CHECK(partner_answers(&partner));
	CHECK_EQUAL(kill(partner.pid, SIGKILL), 0);
	CHECK_EQUAL(WTERMSIG(partner_end(&partner)), SIGKILL);
	return 0;
}

static int init_is_immune(void)
{
	CHECK_EQUAL(kill(1, SIGTERM), 0);
	CHECK_EQUAL(kill(1, SIGKILL), 0);
	CHECK_EQUAL(sched_yield(), 0);
	CHECK(target_reaches_state(1, 'S'));
	return 0;
}

static int a_zombie_keeps_its_status(void)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0)
		_exit(3);
	CHECK_EQUAL(kill(pid, SIGKILL), 0);
	status = target_wait(pid);
	CHECK(WIFEXITED(status));
	CHECK_EQUAL(WEXITSTATUS(status), 3);
	return 0;
}

static int a_borrower_that_raises_releases_its_parent(void)
{
	volatile int before = 0, after = 0;
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		before = 1;
		raise(SIGUSR1);
		after = 1;
		_exit(0);
	}
	status = target_wait(pid);
	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGUSR1);
	CHECK(before && !after);
	return 0;
}

/* SIGKILL and SIGTERM end the helper when it has come to the state. */
static int is_killed_in(const char *helper, char state)
{
	static const int signals[] = {SIGKILL, SIGTERM};

	for (unsigned i = 0; i < 2; i++) {
		struct partner partner;
		int status;

		CHECK(partner_start(&partner, helper));
		CHECK(target_reaches_state(partner.pid, state));
		CHECK_EQUAL(kill(partner.pid, signals[i]), 0);
		status = target_wait(partner.pid);
		CHECK(WIFSIGNALED(status));
		CHECK_EQUAL(WTERMSIG(status), signals[i]);
		close(partner.to);
		close(partner.from);
	}
	return 0;
}

static int a_reader_of_a_pipe_is_killed(void)
{
	return is_killed_in("echoes", 'S');
}

static int a_writer_to_a_pipe_is_killed(void)
{
	return is_killed_in("writes_without_end", 'S');
}

static int a_sleeper_is_killed(void)
{
	return is_killed_in("sleeps", 'S');
}

static int a_waiting_parent_is_killed(void)
{
	return is_killed_in("waits_for_a_child", 'S');
}

static int a_spinning_process_is_killed(void)
{
	return is_killed_in("spins", 'R');
}

static int sigkill_wins_over_other_signals(void)
{
	struct partner partner;
	int status;

	CHECK(partner_start(&partner, "spins"));
	CHECK_EQUAL(kill(partner.pid, SIGHUP), 0);
	CHECK_EQUAL(kill(partner.pid, SIGKILL), 0);
	status = target_wait(partner.pid);
	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGKILL);
	close(partner.to);
	close(partner.from);
	return 0;
}

TARGET_CASES(kill, CASE(default_actions_end_the_process), CASE(harmless_signals_change_nothing),
	     CASE(signal_0_only_looks), CASE(nobody_gives_esrch), CASE(unknown_signals_give_einval),
	     CASE(kill_and_stop_cannot_be_ignored), CASE(an_ignored_signal_does_nothing),
	     CASE(ignored_signals_stay_ignored_over_exec), CASE(an_ignored_signal_does_not_interrupt),
	     CASE(init_is_immune), CASE(a_zombie_keeps_its_status), CASE(a_borrower_that_raises_releases_its_parent),
	     CASE(a_reader_of_a_pipe_is_killed), CASE(a_writer_to_a_pipe_is_killed), CASE(a_sleeper_is_killed),
	     CASE(a_waiting_parent_is_killed), CASE(a_spinning_process_is_killed),
	     CASE(sigkill_wins_over_other_signals), HELPER(echoes), HELPER(writes_without_end), HELPER(sleeps),
	     HELPER(spins), HELPER(waits_for_a_child), HELPER(tells_what_it_ignores))
