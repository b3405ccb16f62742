/* What the tests of job control share: children that sleep, stop or end, and what is seen of them. */
#pragma once

#include "world.h"

#include <proc/signal.h>

static inline long call_wait(long pid, int *status, int options)
{
	return u_call(3, (uintptr_t)pid, status, (uintptr_t)options, NULL);
}

/* Its letter in /proc. */
static inline char state_of(long pid)
{
	return process_state_letter(process_find((int)pid));
}

/* In a group of its own, whose parent (init) could continue it: not orphaned. */
static inline void work(void)
{
	sys_setpgid(0, 0);
	for (;;) {
		u_sleep(1000);
		unit_note('w');
	}
}

/* Sends a signal, which must end the process. */
static inline void expect_end(long pid, int sig)
{
	unit_notes();
	assert_int_equal(u_kill(pid, sig), 0);
	assert_int_equal(u_reap(pid), sig);
}

/* In a group of its own; stops after a while, and notes that it goes on. */
static inline void stop_later(void)
{
	sys_setpgid(0, 0);
	u_sleep(500);
	signal_send(process_current(), ABI_SIGSTOP);
	u_return();
	unit_note('c');
}

static inline void end_with_3(void)
{
	u_exit(3);
}
