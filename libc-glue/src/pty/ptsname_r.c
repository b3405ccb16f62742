#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#define FOLDER "/dev/pts/"

int ptsname_r(int fd, char *name, size_t size)
{
	char digits[12], *first = digits + sizeof digits;
	int number;

	if (ioctl(fd, TIOCGPTN, &number) < 0)
		return errno;
	*--first = '\0';
	do
		*--first = (char)('0' + number % 10);
	while ((number /= 10));
	if (sizeof FOLDER + strlen(first) > size)
		return ERANGE;
	strcpy(name, FOLDER);
	strcat(name, first);
	return 0;
}
