#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int isatty(int fd)
{
	struct termios termios;

	return ioctl(fd, TCGETS, &termios) == 0;
}
