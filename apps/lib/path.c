/*
 * Paths, in buffers of PATH_SIZE bytes.
 */
#include <errno.h>
#include <string.h>

#include "file.h"
#include "msg.h"

const char *base_name(const char *path)
{
	const char *base = path;

	for (const char *p = path; *p; p++)
		if (p[0] == '/' && p[1] != '/' && p[1] != '\0')
			base = p + 1;
	return base;
}

static size_t path_too_long(const char *name)
{
	errno = ENAMETOOLONG;
	msg_error(name);
	return 0;
}

size_t path_push(char *path, size_t len, const char *name)
{
	size_t n = strlen(name);
	int slash = path[len - 1] != '/';

	if (len + n + 2 > PATH_SIZE)
		return path_too_long(name);
	if (slash)
		path[len] = '/';
	memcpy(path + len + slash, name, n + 1);
	return len + n + (size_t)slash;
}

size_t path_start(char *path, const char *from)
{
	size_t len = strlen(from);

	while (len > 1 && from[len - 1] == '/')
		len--;
	if (len == 0 || len >= PATH_SIZE)
		return path_too_long(from);
	memcpy(path, from, len);
	path[len] = '\0';
	return len;
}
