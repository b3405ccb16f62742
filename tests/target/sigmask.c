/*
 * Signal masks: sets, what is blocked and comes later, waiting with another mask.
 */
#include "harness.h"
#include "signalling.h"

#include <signal.h>
#include <unistd.h>

static int blocked_signals_wait_and_come_lowest_first(void)
{
	static const int sent[] = {SIGRTMAX, SIGUSR2, SIGRTMIN, SIGHUP, SIGTERM, SIGUSR2};
	static const int come[] = {SIGHUP, SIGTERM, SIGUSR2, SIGRTMIN, SIGRTMAX};
	struct sigaction act = {.sa_handler = note, .sa_mask = ~(sigset_t)0};
	sigset_t set = 0, pending;

	for (int i = 0; i < 6; i++) {
		CHECK_EQUAL(sigaction(sent[i], &act, NULL), 0);
		set |= BIT(sent[i]);
	}
	CHECK_EQUAL(change_mask(SIG_BLOCK, set), 0);
	for (int i = 0; i < 6; i++)
		CHECK_EQUAL(raise(sent[i]), 0);
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK(pending == set);
	CHECK_EQUAL(calls, 0);
	CHECK_EQUAL(change_mask(SIG_UNBLOCK, set), 0);
	CHECK_EQUAL(calls, 5);
	for (int i = 0; i < 5; i++)
		CHECK_EQUAL(order[i], come[i]);
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK(pending == 0);
	return 0;
}

static int a_pending_signal_that_becomes_ignored_is_forgotten(void)
{
	sigset_t pending;

	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGTERM)), 0);
	CHECK_EQUAL(raise(SIGTERM), 0);
	CHECK(signal(SIGTERM, SIG_IGN) == SIG_DFL);
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK(pending == 0);
	CHECK(signal(SIGTERM, SIG_DFL) == SIG_IGN);
	CHECK_EQUAL(change_mask(SIG_UNBLOCK, BIT(SIGTERM)), 0);
	return 0;
}

static int sigprocmask_changes_the_mask(void)
{
	sigset_t all, old;

	CHECK_EQUAL(sigfillset(&all), 0);
	CHECK_EQUAL(sigprocmask(SIG_SETMASK, &all, &old), 0);
	CHECK(old == 0);
	CHECK(mask_now() == (all & ~BIT(SIGKILL) & ~BIT(SIGSTOP)));
	CHECK_EQUAL(change_mask(SIG_SETMASK, BIT(SIGHUP) | BIT(SIGRTMAX)), 0);
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGTERM) | BIT(SIGHUP)), 0);
	CHECK(mask_now() == (BIT(SIGHUP) | BIT(SIGTERM) | BIT(SIGRTMAX)));
	CHECK_EQUAL(change_mask(SIG_UNBLOCK, BIT(SIGHUP) | BIT(SIGINT)), 0);
	CHECK(mask_now() == (BIT(SIGTERM) | BIT(SIGRTMAX)));
	CHECK_EQUAL(change_mask(17, BIT(SIGUSR1)), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(sigprocmask(17, NULL, &old), 0); /* without a set it does not matter */
	CHECK(old == (BIT(SIGTERM) | BIT(SIGRTMAX)));
	errno = 0;
	CHECK_EQUAL(pthread_sigmask(17, &all, NULL), EINVAL);
	CHECK_EQUAL(errno, 0);
	return 0;
}

static int sets_refuse_what_is_no_signal(void)
{
	sigset_t set;

	CHECK_EQUAL(sigemptyset(&set), 0);
	CHECK_EQUAL(sigaddset(&set, SIGRTMAX), 0);
	CHECK_EQUAL(sigaddset(&set, 1), 0);
	CHECK_EQUAL(sigismember(&set, SIGRTMAX), 1);
	CHECK_EQUAL(sigismember(&set, SIGRTMIN), 0);
	CHECK_EQUAL(sigdelset(&set, SIGRTMAX), 0);
	CHECK_EQUAL(sigismember(&set, SIGRTMAX), 0);
	for (int sig = -1; sig <= NSIG; sig += sig == 0 ? NSIG : 1) {
		CHECK_EQUAL(sigaddset(&set, sig), -1);
		CHECK_EQUAL(errno, EINVAL);
		CHECK_EQUAL(sigdelset(&set, sig), -1);
		CHECK_EQUAL(sigismember(&set, sig), -1);
	}
	CHECK(set == BIT(1));
	return 0;
}

static int sigsuspend_waits_with_another_mask_and_restores_it(void)
{
	sigset_t none = 0, pending;

	CHECK_EQUAL(handle(SIGUSR1, note_mask, SA_RESTART), 0);
	CHECK_EQUAL(change_mask(SIG_SETMASK, BIT(SIGUSR1) | BIT(SIGHUP)), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	none = BIT(SIGTERM);
	CHECK_EQUAL(sigsuspend(&none), -1);
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 1);
	CHECK(mask_in_handler == (BIT(SIGTERM) | BIT(SIGUSR1)));
	CHECK(mask_now() == (BIT(SIGUSR1) | BIT(SIGHUP)));
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK(pending == 0);
	CHECK_EQUAL(handle(SIGALRM, note, 0), 0);
	CHECK_EQUAL(alarm_ms(5), 0);
	CHECK_EQUAL(pause(), -1);
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 2);
	return 0;
}

TARGET_CASES(sigmask, CASE(blocked_signals_wait_and_come_lowest_first),
	     CASE(a_pending_signal_that_becomes_ignored_is_forgotten), CASE(sigprocmask_changes_the_mask),
	     CASE(sets_refuse_what_is_no_signal), CASE(sigsuspend_waits_with_another_mask_and_restores_it))
