/*
 * Actions of signals: what a handler is told, the flags of sigaction, which calls are made again after one, abort().
 */
#include "harness.h"
#include "signalling.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int a_handler_runs_once_for_one_signal(void)
{
	CHECK_EQUAL(handle(SIGUSR1, note, 0), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(order[0], SIGUSR1);
	CHECK_EQUAL(mask_now(), 0);
	CHECK_EQUAL(kill(getpid(), SIGUSR1), 0);
	CHECK_EQUAL(calls, 2);
	return 0;
}

static int any_signal_but_two_can_be_caught(void)
{
	for (int sig = 1; sig < NSIG; sig++) {
		int sure = sig == SIGKILL || sig == SIGSTOP;

		calls = 0;
		CHECK_EQUAL(handle(sig, note, 0), sure ? -1 : 0);
		if (sure)
			CHECK_EQUAL(errno, EINVAL);
		else
			CHECK_EQUAL(raise(sig), 0);
		CHECK_EQUAL(calls, !sure);
		if (!sure)
			CHECK_EQUAL(order[0], sig);
	}
	CHECK_EQUAL(handle(0, note, 0), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(handle(NSIG, note, 0), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int sigaction_tells_the_action_before(void)
{
	struct sigaction act = {.sa_handler = note, .sa_mask = BIT(SIGTERM) | BIT(40), .sa_flags = SA_RESTART | SA_NODEFER}, old;

	CHECK_EQUAL(sigaction(SIGUSR1, &act, &old), 0);
	CHECK(old.sa_handler == SIG_DFL);
	act.sa_handler = SIG_IGN;
	CHECK_EQUAL(sigaction(SIGUSR1, &act, &old), 0);
	CHECK(old.sa_handler == note);
	CHECK(old.sa_mask == (BIT(SIGTERM) | BIT(40)));
	CHECK_EQUAL(old.sa_flags, SA_RESTART | SA_NODEFER);
	CHECK_EQUAL(sigaction(SIGUSR1, NULL, &old), 0);
	CHECK(old.sa_handler == SIG_IGN);
	return 0;
}

static int siginfo_tells_the_sender(void)
{
	volatile pid_t child;

	CHECK_EQUAL(handle_info(SIGUSR1, note_info, 0), 0);
	child = vfork();
	if (child == 0) {
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	CHECK_EQUAL(target_wait(child), 0);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(info.si_signo, SIGUSR1);
	CHECK_EQUAL(info.si_code, SI_USER);
	CHECK_EQUAL(info.si_pid, child);
	return 0;
}

/* What read() of a pipe gives that a signal interrupts: 1 when it was made again, or -errno. */
static int interrupted_read(int *status)
{
	int fds[2];
	char byte;
	ssize_t got;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return 0;
	pid_t pid = target_start("pokes", -1, fds[1]);
	got = read(fds[0], &byte, 1);
	if (got < 0)
		got = -errno;
	*status = target_wait(pid);
	close(fds[0]);
	close(fds[1]);
	return (int)got;
}

static int an_interrupted_read_gives_eintr_or_is_made_again(void)
{
	int status;

	CHECK_EQUAL(handle(SIGUSR1, note, 0), 0);
	CHECK_EQUAL(interrupted_read(&status), -EINTR);
	CHECK_EQUAL(status, 0);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(handle(SIGUSR1, note, SA_RESTART), 0);
	CHECK_EQUAL(interrupted_read(&status), 1);
	CHECK_EQUAL(status, 0);
	CHECK_EQUAL(calls, 2);
	CHECK(signal(SIGUSR1, note) == note);
	CHECK_EQUAL(interrupted_read(&status), 1);
	CHECK_EQUAL(siginterrupt(SIGUSR1, 1), 0);
	CHECK_EQUAL(interrupted_read(&status), -EINTR);
	CHECK_EQUAL(calls, 4);
	return 0;
}

static int a_sleep_is_not_made_again(void)
{
	struct timespec span = {.tv_sec = 100}, left;

	CHECK_EQUAL(handle(SIGALRM, note, SA_RESTART), 0);
	CHECK_EQUAL(alarm_ms(5), 0);
	CHECK_EQUAL(nanosleep(&span, &left), -1);
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 1);
	CHECK(left.tv_sec == 99 && left.tv_nsec > 0);
	return 0;
}

static volatile int depth, deepest;

static void raise_within(int sig)
{
	note(sig);
	if (++depth > deepest)
		deepest = depth;
	if (calls < 3)
		raise(sig);
	depth--;
}

static int a_signal_is_blocked_in_its_handler_but_with_nodefer(void)
{
	CHECK_EQUAL(handle(SIGUSR1, raise_within, 0), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK_EQUAL(calls, 3);
	CHECK_EQUAL(deepest, 1);
	calls = 0;
	CHECK_EQUAL(handle(SIGUSR1, raise_within, SA_NODEFER), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK_EQUAL(calls, 3);
	CHECK_EQUAL(deepest, 3);
	return 0;
}

static int sa_mask_holds_while_the_handler_runs(void)
{
	struct sigaction act = {.sa_handler = note_mask, .sa_mask = BIT(SIGTERM) | BIT(SIGKILL) | BIT(SIGRTMAX)};

	CHECK_EQUAL(sigaction(SIGUSR1, &act, NULL), 0);
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGHUP)), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK(mask_in_handler == (BIT(SIGHUP) | BIT(SIGTERM) | BIT(SIGUSR1) | BIT(SIGRTMAX)));
	CHECK(mask_now() == BIT(SIGHUP));
	return 0;
}

static int resethand_takes_the_handler_away(void)
{
	struct sigaction old;

	CHECK_EQUAL(handle(SIGURG, note, SA_RESETHAND), 0);
	CHECK_EQUAL(raise(SIGURG), 0);
	CHECK_EQUAL(raise(SIGURG), 0);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(sigaction(SIGURG, NULL, &old), 0);
	CHECK(old.sa_handler == SIG_DFL);
	return 0;
}

/* The wait status of a child that prepares and then aborts. */
static int aborts(void (*handler)(int), sigset_t mask)
{
	pid_t pid = vfork();

	if (pid == 0) {
		signal(SIGABRT, handler);
		change_mask(SIG_SETMASK, mask);
		abort();
	}
	return target_wait(pid);
}

static int abort_ends_the_program_whatever_it_does_with_sigabrt(void)
{
	CHECK_EQUAL(aborts(SIG_DFL, 0), SIGABRT);
	CHECK_EQUAL(aborts(SIG_IGN, 0), SIGABRT);
	CHECK_EQUAL(aborts(SIG_DFL, ~(sigset_t)0), SIGABRT);
	CHECK_EQUAL(aborts(note, 0), SIGABRT);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(aborts(note, ~(sigset_t)0), SIGABRT);
	CHECK_EQUAL(calls, 2);
	return 0;
}

static int signals_have_names(void)
{
	CHECK_EQUAL(strcmp(strsignal(SIGHUP), "Hangup"), 0);
	CHECK_EQUAL(strcmp(strsignal(SIGCHLD), "Child exited"), 0);
	CHECK_EQUAL(strcmp(strsignal(SIGUSR2), "User defined signal 2"), 0);
	CHECK_EQUAL(strcmp(strsignal(SIGRTMIN + 2), "Real-time signal 2"), 0);
	CHECK_EQUAL(strcmp(strsignal(64), "Unknown signal 64"), 0);
	CHECK_EQUAL(strcmp(strsignal(-1), "Unknown signal -1"), 0);
	return 0;
}

TARGET_CASES(sigaction, CASE(a_handler_runs_once_for_one_signal), CASE(any_signal_but_two_can_be_caught),
	     CASE(sigaction_tells_the_action_before), CASE(siginfo_tells_the_sender),
	     CASE(an_interrupted_read_gives_eintr_or_is_made_again), CASE(a_sleep_is_not_made_again),
	     CASE(a_signal_is_blocked_in_its_handler_but_with_nodefer), CASE(sa_mask_holds_while_the_handler_runs),
	     CASE(resethand_takes_the_handler_away), CASE(abort_ends_the_program_whatever_it_does_with_sigabrt),
	     CASE(signals_have_names), HELPER(pokes))
