/*
 * Whole files and descriptors.
 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "msg.h"
#include "out.h"

int copy_fd(int in, int out)
{
	char buf[512];

	for (;;) {
		ssize_t n = read(in, buf, sizeof(buf));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (int)n;
		if (write_all(out, buf, (size_t)n) < 0)
			return -2;
	}
}

int read_file(const char *path, char *buf, size_t size)
{
	size_t len = 0;
	ssize_t n = 0;
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		return -1;
	while (len < size - 1 && (n = read(fd, buf + len, size - 1 - len)) > 0)
		len += (size_t)n;
	buf[len] = '\0';
	close(fd);
	return n < 0 ? -1 : (int)len;
}

int is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

int each_input(char **operands, int (*use)(int fd, const char *name))
{
	int status = 0;

	if (!*operands)
		return use(0, NULL);
	for (; *operands; operands++) {
		int fd = strcmp(*operands, "-") == 0 ? 0 : open(*operands, O_RDONLY);

		if (fd < 0) {
			status = msg_error(*operands);
			continue;
		}
		status |= use(fd, *operands);
		if (fd > 0)
			close(fd);
	}
	return status;
}
