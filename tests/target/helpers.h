/*
 * Other processes for tests that need one. Those marked "Helper" do one thing as a process of their own; a file that starts them names
 * them in its list of cases.
 */
#pragma once

#include "harness.h"

#include <signal.h>
#include <unistd.h>

/* A child that ends at once with that code. */
static inline pid_t exiting_child(int code)
{
	pid_t pid = vfork();

	if (pid == 0)
		_exit(code);
	return pid;
}

/* Helper: never gives up the processor. */
static inline int spins(void)
{
	volatile int always = 1;

	while (always)
		;
	return 1;
}

/* Helper: answers each byte with the same. */
static inline int echoes(void)
{
	char byte;

	while (read(TARGET_IN, &byte, 1) == 1)
		if (write(TARGET_OUT, &byte, 1) != 1)
			return 1;
	return 0;
}

/* Helper: sleeps until a signal ends it. */
static inline int waits_for_a_signal(void)
{
	sigset_t none = 0;

	sigsuspend(&none);
	return 3;
}

/* Helper: sleeps until its input ends, and ends with 5. */
static inline int ends_with_its_input(void)
{
	char byte;

	return read(TARGET_IN, &byte, 1) == 0 ? 5 : 1;
}

/* A child asleep in the group of the case, or -1. */
static inline pid_t sleeper(void)
{
	pid_t pid = target_start("waits_for_a_signal", -1, -1);

	return pid > 0 && target_reaches_state(pid, 'S') ? pid : -1;
}

/* The same in that group, 0: in one of its own. */
static inline pid_t grouped(pid_t group)
{
	pid_t pid = vfork();

	if (pid == 0) {
		if (setpgid(0, group) == 0)
			target_exec("waits_for_a_signal");
		_exit(127);
	}
	return target_reaches_state(pid, 'S') ? pid : -1;
}
