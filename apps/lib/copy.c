/*
 * Copies a regular file.
 */
#include "copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "msg.h"

static int same_file(int fd, const char *path)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && stat(path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino &&
	       S_ISREG(a.st_mode);
}

static int copy_open(int in, const char *from, const char *to)
{
	struct stat st;
	int out, r;

	if (same_file(in, to))
		return msg_text(to, "is the same file");
	if (fstat(in, &st) < 0)
		return msg_error(from);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, st.st_mode & 0777);
	if (out < 0)
		return msg_error(to);
	r = copy_fd(in, out);
	if (close(out) < 0 && r == 0)
		r = -2;
	return r == 0 ? 0 : msg_error(r == -2 ? to : from);
}

int copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY);
	int status;

	if (in < 0)
		return msg_error(from);
	status = copy_open(in, from, to);
	close(in);
	return status;
}
