/* With buf NULL the path is allocated, in as many bytes as it takes (size 0) or in size bytes. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../syscall/syscall.h"

static char *getcwd_allocated(size_t size)
{
	char path[PATH_MAX];
	long length = sys_getcwd(path, sizeof path);

	if (length < 0)
		return NULL;
	if (size != 0 && size < (size_t)length) {
		errno = ERANGE;
		return NULL;
	}
	char *buf = malloc(size ? size : (size_t)length);
	return buf ? strcpy(buf, path) : NULL;
}

char *getcwd(char *buf, size_t size)
{
	if (!buf)
		return getcwd_allocated(size);
	if (size == 0) {
		errno = EINVAL;
		return NULL;
	}
	return sys_getcwd(buf, size) < 0 ? NULL : buf;
}
