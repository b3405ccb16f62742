/* What the tests of files share: the errors of calls, and files that are there for a test. */
#pragma once

#include "harness.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The error of a call that tells by its result whether it failed; 0 when it did not. */
static inline int error_of(int result)
{
	return result < 0 ? errno : 0;
}

/* The errno of open; 0 when it succeeds. */
static inline int open_error(const char *path, int flags)
{
	int fd = open(path, flags, 0644), error = error_of(fd);

	if (fd >= 0)
		close(fd);
	return error;
}

/* Makes a file with that text and those permissions, whatever the umask; -1 when it cannot be made. */
static inline int file_make(const char *path, const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd) < 0)
		return -1;
	return chmod(path, mode);
}
