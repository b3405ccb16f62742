/* What the tests of the terminal share: one that is open and cooked before each test, its modes, and reads that note what they got. */
#pragma once

#include "fixture.h"

#include <fs/tty.h>

#define TTY(area, name)                                            \
	{                                                          \
		"unit." #area "." #name, name, before, after, NULL \
	}

static int fd;
static char got[512];
static long result;               /* of a thread's call */
static struct abi_termios cooked; /* the settings that every test finds */

static inline int before(void **state)
{
	fixture_before(state);
	fd = opened("/dev/console", ABI_O_RDWR);
	assert_int_equal(sys_ioctl(fd, ABI_TCGETS, (uintptr_t)&cooked), 0);
	return 0;
}

static inline int after(void **state)
{
	sys_ioctl(fd, ABI_TCSETSF, (uintptr_t)&cooked);
	return fixture_after(state);
}

/* Raw mode, with MIN and TIME. */
static inline void set_raw(uint8_t min, uint8_t time)
{
	struct abi_termios raw = cooked;

	raw.c_lflag &= ~(uint32_t)(ABI_ICANON | ABI_ECHO);
	raw.c_iflag = 0;
	raw.c_oflag = 0;
	raw.c_cc[ABI_VMIN] = min;
	raw.c_cc[ABI_VTIME] = time;
	assert_int_equal(sys_ioctl(fd, ABI_TCSETS, (uintptr_t)&raw), 0);
}

/* Reads up to count bytes; the text is in `got`. */
static inline long take(size_t count)
{
	long n = sys_read(fd, got, count);

	got[n > 0 ? n : 0] = '\0';
	return n;
}
