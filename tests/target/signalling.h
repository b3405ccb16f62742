/* What the tests of signals share: handlers that note what came, and short forms of the calls, a process that signals its parent. */
#pragma once

#include "harness.h"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#define BIT(sig) ((sigset_t)1 << (sig))

/* What the handlers note. */
static volatile int calls, order[16];
static siginfo_t info;

static inline void note(int sig)
{
	order[calls++ & 15] = sig;
}

static inline void note_info(int sig, siginfo_t *from, void *context)
{
	(void)context;
	info = *from;
	note(sig);
}

/* What note_mask saw. */
static volatile sigset_t mask_in_handler;

static inline int handle(int sig, void (*handler)(int), int flags)
{
	struct sigaction act = {.sa_handler = handler, .sa_flags = flags};

	return sigaction(sig, &act, NULL);
}

static inline int handle_info(int sig, void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sigaction act = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags};

	return sigaction(sig, &act, NULL);
}

static inline sigset_t mask_now(void)
{
	sigset_t mask;

	return sigprocmask(SIG_BLOCK, NULL, &mask) == 0 ? mask : (sigset_t)-1;
}

static inline int change_mask(int how, sigset_t set)
{
	return sigprocmask(how, &set, NULL);
}

static inline void note_mask(int sig)
{
	mask_in_handler = mask_now();
	note(sig);
}

/* SIGALRM, once, after that many milliseconds. */
static inline int alarm_ms(long ms)
{
	return setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {0, ms * 1000}}, NULL);
}

/* Helper: sends SIGUSR1 to its parent asleep, and a byte when that sleeps again. */
static inline int pokes(void)
{
	if (!target_reaches_state(getppid(), 'S') || kill(getppid(), SIGUSR1) < 0)
		return 1;
	if (!target_reaches_state(getppid(), 'S'))
		return 2;
	return write(TARGET_OUT, "x", 1) != 1;
}
