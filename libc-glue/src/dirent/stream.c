#include "stream.h"

#include <stdlib.h>

DIR *__dir_stream(int fd)
{
	DIR *dir = malloc(sizeof *dir);

	if (!dir)
		return NULL;
	dir->fd = fd;
	dir->at = dir->length = 0;
	return dir;
}
