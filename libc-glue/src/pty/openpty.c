#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int set_up(int slave, const struct termios *termios, const struct winsize *size)
{
	if (termios && tcsetattr(slave, TCSANOW, termios) < 0)
		return -1;
	return size ? ioctl(slave, TIOCSWINSZ, size) : 0;
}

/* The slave of a new master, or -1. */
static int open_slave(int master, char *name)
{
	if (grantpt(master) < 0 || unlockpt(master) < 0 || ptsname_r(master, name, TTY_NAME_MAX) != 0)
		return -1;
	return open(name, O_RDWR | O_NOCTTY);
}

static void close_kept(int fd)
{
	int error = errno;

	close(fd);
	errno = error;
}

int openpty(int *master, int *slave, char *name, const struct termios *termios, const struct winsize *size)
{
	char path[TTY_NAME_MAX];
	int fd = posix_openpt(O_RDWR | O_NOCTTY), other;

	if (fd < 0)
		return -1;
	other = open_slave(fd, path);
	if (other < 0 || set_up(other, termios, size) < 0) {
		if (other >= 0)
			close_kept(other);
		close_kept(fd);
		return -1;
	}
	if (name)
		strcpy(name, path);
	*master = fd;
	*slave = other;
	return 0;
}
