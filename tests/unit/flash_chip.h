/* What the tests of flash drivers share: the operations of the chip, which sleep and so are made by a thread. */
#pragma once

#include "unit.h"

#include <drivers/mtd.h>
#include <kernel/waitq.h>
#include <string.h>

/* The one that is tested; the file that includes this says which. */
static struct mtd_chip *const chip;

static inline void in_thread(void *body)
{
	((void (*)(void))body)();
	unit_note('.');
}

static inline void run(void (*body)(void))
{
	unit_thread(5, in_thread, (void *)(uintptr_t)body);
	host_run();
	assert_string_equal(unit_notes(), ".");
}

static inline int write_at(uint32_t offset, const void *bytes, size_t count)
{
	return chip->ops->program(chip, offset, bytes, count);
}

/* Fails the test unless these bytes, less than 64, are read there. */
static inline void expect(uint32_t offset, const char *bytes)
{
	char have[64] = "";

	assert_int_equal(chip->ops->read(chip, offset, have, strlen(bytes)), 0);
	assert_string_equal(have, bytes);
}

/* A thread that sleeps for half a second. */
static inline void note_soon(void *arg)
{
	struct waitq nobody;

	(void)arg;
	waitq_init(&nobody);
	waitq_sleep(&nobody, SLEEP_UNINTERRUPTIBLE, host_time() + ARCH_TIMER_HZ / 2);
	unit_note('o');
}
