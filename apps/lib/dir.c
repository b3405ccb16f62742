/*
 * Entries of directories.
 */
#include "dir.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

static int is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

int dir_entry(const char *path, unsigned skip, char *name, size_t size)
{
	DIR *dir = opendir(path);
	struct dirent *e;
	int found = 0;

	if (!dir)
		return -1;
	while (!found && (e = readdir(dir)))
		if (!is_dots(e->d_name) && skip-- == 0)
			found = 1;
	if (found && strlen(e->d_name) < size) {
		strcpy(name, e->d_name);
	} else if (found) {
		errno = ENAMETOOLONG;
		found = -1;
	}
	closedir(dir);
	return found;
}
