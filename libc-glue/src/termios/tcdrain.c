#include <sys/ioctl.h>
#include <termios.h>

int tcdrain(int fd)
{
	return ioctl(fd, TCSBRK, 1);
}
