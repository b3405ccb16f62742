#include "stream.h"

struct dirent *readdir(DIR *dir)
{
	if (dir->at >= dir->length) {
		dir->at = 0;
		dir->length = (int)getdents(dir->fd, dir->buffer, sizeof dir->buffer);
		if (dir->length <= 0) {
			dir->length = 0;
			return NULL;
		}
	}
	struct dirent *entry = (struct dirent *)(void *)(dir->buffer + dir->at);
	dir->at += entry->d_reclen;
	return entry;
}
