#include <errno.h>
#include <stdlib.h>
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
	DIR *dir = malloc(sizeof *dir);
	if (!dir)
		return NULL;
	dir->fd = fd;
	dir->at = dir->length = 0;
	return dir;
}
