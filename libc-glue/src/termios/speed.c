/* The speed lies in c_cflag, as on Linux, one for both directions. */
#include <errno.h>
#include <termios.h>

speed_t cfgetospeed(const struct termios *termios)
{
	return termios->c_cflag & CBAUD;
}

speed_t cfgetispeed(const struct termios *termios)
{
	return cfgetospeed(termios);
}

int cfsetospeed(struct termios *termios, speed_t speed)
{
	if (speed & ~(speed_t)CBAUD) {
		errno = EINVAL;
		return -1;
	}
	termios->c_cflag = (termios->c_cflag & ~(tcflag_t)CBAUD) | speed;
	return 0;
}

/* POSIX: input speed 0 means "as the output". */
int cfsetispeed(struct termios *termios, speed_t speed)
{
	return speed == B0 ? 0 : cfsetospeed(termios, speed);
}
