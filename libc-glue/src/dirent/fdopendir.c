#include <errno.h>
#include <sys/stat.h>

#include "stream.h"

DIR *fdopendir(int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return NULL;
	if (!S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		return NULL;
	}
	return __dir_stream(fd);
}
