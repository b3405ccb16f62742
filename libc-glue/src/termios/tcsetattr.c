#include <errno.h>
#include <sys/ioctl.h>
#include <termios.h>

int tcsetattr(int fd, int actions, const struct termios *termios)
{
	if (actions < TCSANOW || actions > TCSAFLUSH) {
		errno = EINVAL;
		return -1;
	}
	/* TCSETS, TCSETSW and TCSETSF follow each other as the actions do. */
	return ioctl(fd, TCSETS + (unsigned long)actions, termios);
}
