/* What the tests of terminals share: a pseudo-terminal, its settings, and reads that must give just what is expected. */
#pragma once

#include "harness.h"

#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static int master, slave;

/* A new pseudo-terminal that is nobody's controlling terminal. */
static inline int open_both(void)
{
	return openpty(&master, &slave, NULL, NULL, NULL);
}

/* Three of the slave's flags, at once. */
static inline int change(tcflag_t iflag, tcflag_t oflag, tcflag_t lflag)
{
	struct termios settings;

	if (tcgetattr(slave, &settings) < 0)
		return -1;
	settings.c_iflag = iflag;
	settings.c_oflag = oflag;
	settings.c_lflag = lflag;
	return tcsetattr(slave, TCSANOW, &settings);
}

/* The whole text, in one write. */
static inline int put(int fd, const char *text)
{
	return write(fd, text, strlen(text)) == (ssize_t)strlen(text);
}

/* One read gives just this. */
static inline int gives(int fd, const char *text)
{
	char got[300];
	ssize_t count = read(fd, got, sizeof got);

	if (count == (ssize_t)strlen(text) && memcmp(got, text, (size_t)count) == 0)
		return 1;
	printf("# read gave %d bytes: %.*s\n", (int)count, count > 0 ? (int)count : 0, got);
	return 0;
}

/* What poll gives for the file now. */
static inline int ready(int fd, int events)
{
	struct pollfd row = {.fd = fd, .events = (short)events};

	return poll(&row, 1, 0) < 0 ? -1 : row.revents;
}
