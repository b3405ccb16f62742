#include <errno.h>
#include <limits.h>
#include <stdlib.h>

char *ptsname(int fd)
{
	static char name[TTY_NAME_MAX];
	int error = ptsname_r(fd, name, sizeof name);

	if (error == 0)
		return name;
	errno = error;
	return NULL;
}
