/*
 * A pseudo-terminal as controlling terminal, for the few programs that need one. Whoever calls terminal_take must be
 * no leader of a group: a helper.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>

/* A new session for the caller, with a new terminal. Its descriptor, or -1; the master's end stays open. */
static inline int terminal_take(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY), slave;

	if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0 || setsid() < 0)
		return -1;
	slave = open(ptsname(master), O_RDWR);
#ifdef TIOCSCTTY
	if (slave >= 0 && tcgetpgrp(slave) < 0 && ioctl(slave, TIOCSCTTY, 0) < 0)
		return -1;
#endif
	return slave;
}

#endif
