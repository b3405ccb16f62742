/* Random bytes from the kernel, for arc4random and others. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define ENTROPY_MAX 256

int getentropy(void *buf, size_t size)
{
	if (size > ENTROPY_MAX) {
		errno = EIO;
		return -1;
	}
	int fd = open("/dev/random", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ssize_t got = read(fd, buf, size);
	close(fd);
	if (got >= 0 && (size_t)got != size)
		errno = EIO;
	return got == (ssize_t)size ? 0 : -1;
}
