/*
 * Flash partitions by name or number.
 */
#include "partition.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int open_path(const char *path, int flags, struct mtd_info_user *mtd)
{
	int fd = open(path, flags);

	if (fd >= 0 && ioctl(fd, MEMGETINFO, mtd)) {
		close(fd);
		return -1;
	}
	return fd;
}

int partition_open_number(unsigned number, int flags, struct mtd_info_user *mtd)
{
	char path[] = "/dev/mtd\0\0", *digits = path + 8;

	if (number > 99) {
		errno = ENOENT;
		return -1;
	}
	if (number >= 10)
		*digits++ = (char)('0' + number / 10);
	*digits = (char)('0' + number % 10);
	return open_path(path, flags, mtd);
}

int partition_open(const char *name, int flags, struct mtd_info_user *mtd)
{
	int fd, found;

	if (strchr(name, '/'))
		return open_path(name, flags, mtd);
	for (unsigned number = 0; (fd = partition_open_number(number, O_RDONLY, mtd)) >= 0; number++) {
		close(fd);
		found = strcmp(mtd->name, name) == 0;
		if (found)
			return partition_open_number(number, flags, mtd);
	}
	return -1;
}
