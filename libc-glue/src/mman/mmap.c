#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mapping.h"

#define OFFSET_MAX ((off_t)((sizeof(off_t) == 4) ? INT32_MAX : INT64_MAX))

/* 0, or why there can be no such mapping. */
static int refuse(size_t length, int prot, int flags)
{
	int sharing = flags & (MAP_SHARED | MAP_PRIVATE);

	if (length == 0 || (sharing != MAP_SHARED && sharing != MAP_PRIVATE))
		return EINVAL;
	return (flags & MAP_FIXED) || (prot & PROT_EXEC) ? ENOTSUP : 0;
}

static int refuse_file(size_t length, int flags, int fd, off_t offset)
{
	int mode = fcntl(fd, F_GETFL);
	struct stat st;

	if (mode < 0 || fstat(fd, &st) < 0)
		return errno;
	if ((mode & O_ACCMODE) == O_WRONLY)
		return EACCES;
	if (!S_ISREG(st.st_mode) || (flags & MAP_SHARED))
		return ENODEV;
	if (offset < 0)
		return EINVAL;
	return length > (size_t)(OFFSET_MAX - offset) ? EOVERFLOW : 0;
}

static int read_all(int fd, char *to, size_t length)
{
	while (length > 0) {
		ssize_t n = read(fd, to, length);

		if (n < 0 && errno != EINTR)
			return -1;
		if (n == 0)
			break;
		if (n > 0) {
			to += n;
			length -= (size_t)n;
		}
	}
	return 0;
}

/* The file's offset is afterwards where it was. */
static int read_at(int fd, char *to, size_t length, off_t offset)
{
	off_t before = lseek(fd, 0, SEEK_CUR);
	int result, error;

	if (before < 0 || lseek(fd, offset, SEEK_SET) < 0)
		return -1;
	result = read_all(fd, to, length);
	error = errno;
	lseek(fd, before, SEEK_SET);
	errno = error;
	return result;
}

static struct mapping *create(size_t length)
{
	struct mapping *mapping = malloc(sizeof *mapping);

	if (!mapping)
		return NULL;
	mapping->block = calloc(1, length);
	if (!mapping->block) {
		free(mapping);
		return NULL;
	}
	mapping->start = mapping->block;
	mapping->end = mapping->block + length;
	return mapping;
}

void *mmap(void *address, size_t length, int prot, int flags, int fd, off_t offset)
{
	int error = refuse(length, prot, flags);
	struct mapping *mapping;

	(void)address;
	if (!error && !(flags & MAP_ANONYMOUS))
		error = refuse_file(length, flags, fd, offset);
	if (error) {
		errno = error;
		return MAP_FAILED;
	}
	mapping = create(length);
	if (!mapping)
		return MAP_FAILED;
	if (!(flags & MAP_ANONYMOUS) && read_at(fd, mapping->start, length, offset) < 0) {
		free(mapping->block);
		free(mapping);
		return MAP_FAILED;
	}
	__libc_lock(&__mappings.lock);
	mapping->next = __mappings.first;
	__mappings.first = mapping;
	__libc_unlock(&__mappings.lock);
	return mapping->start;
}
