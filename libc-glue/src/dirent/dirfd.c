#include "stream.h"

int dirfd(DIR *dir)
{
	return dir->fd;
}
