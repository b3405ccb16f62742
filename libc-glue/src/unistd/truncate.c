#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int truncate(const char *path, off_t length)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	int result = ftruncate(fd, length);
	int error = errno;
	close(fd);
	errno = error;
	return result;
}
