#include <sys/ioctl.h>
#include <unistd.h>

int tcsetpgrp(int fd, pid_t pgrp)
{
	int number = pgrp;

	return ioctl(fd, TIOCSPGRP, &number);
}
