/*
 * What the tests of the vfork sanitizer and of its guard share: a process that is watched, loans of a known frame, and what the log says. A
 * child is a C function; the frame that it borrows is some words of the arena, of which the topmost is the return address.
 */
#pragma once

#include "world.h"

#include <kernel/klog.h>
#include <string.h>

#define CALL_VFORKSAN 72
#define CALL_GETPPID 5

static inline struct space *space(void)
{
	return process_current()->space;
}

static inline uint32_t *data_word(unsigned i)
{
	return (uint32_t *)space()->data + i;
}

/* Data are cleared: what a test writes is what differs. */
static inline void watch(int mode)
{
	memset(data_word(0), 0, 64);
	u_call(CALL_VFORKSAN, (uintptr_t)0, (uintptr_t)mode);
}

/* Runs `child` on a frame in the stack. */
static inline long lend(void (*child)(void))
{
	uintptr_t end = space()->base + 64;

	thread_current()->frame->sp = end - 32;
	return u_vfork_from(end, child);
}

/* What the log got, from here to log_text(). */
static size_t log_from;
static char log_copy[8192];

static inline size_t log_size(void)
{
	return klog_read(log_copy, sizeof log_copy - 1, 0);
}

static inline void log_start(void)
{
	log_from = log_size();
}

static inline const char *log_text(void)
{
	log_copy[log_size()] = '\0';
	return log_copy + log_from;
}

static inline void assert_log_has(const char *text)
{
	if (!strstr(log_text(), text))
		fail_msg("no '%s' in: %s", text, log_text());
}

/* What children do: nothing wrong; a write to the data; a loan of their own, whose child writes. */
static inline void ask(void)
{
	u_call(CALL_GETPPID);
}

static inline void write_data(void)
{
	*data_word(1) = 42;
}

static inline void innermost(void)
{
	*data_word(6) = 66;
}

static inline void middle(void)
{
	u_reap(lend(innermost));
}
