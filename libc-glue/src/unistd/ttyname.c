#include <errno.h>
#include <limits.h>
#include <unistd.h>

char *ttyname(int fd)
{
	static char name[TTY_NAME_MAX];
	int error = ttyname_r(fd, name, sizeof name);

	if (error == 0)
		return name;
	errno = error;
	return NULL;
}
