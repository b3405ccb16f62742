#include <stdlib.h>
#include <unistd.h>

#include "stream.h"

int closedir(DIR *dir)
{
	int fd = dir->fd;

	free(dir);
	return close(fd);
}
