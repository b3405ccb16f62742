/*
 * mkdir: makes directories; with -p also those on the way, and it is no error if they exist.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "msg.h"
#include "opt.h"

const char app_name[] = "mkdir";
const char app_usage[] = "[-p] DIRECTORY...";

static int make(const char *path, int parents)
{
	if (mkdir(path, 0777) == 0 || (parents && errno == EEXIST && is_dir(path)))
		return 0;
	return msg_error(path);
}

static int make_parents(const char *name)
{
	char path[PATH_SIZE];
	char *p = path;

	if (!path_start(path, name))
		return 1;
	while ((p = strchr(p + 1, '/'))) {
		int status;

		*p = '\0';
		/* A directory on the way may be on a file system that refuses mkdir for what exists. */
		status = is_dir(path) ? 0 : make(path, 1);
		*p = '/';
		if (status)
			return status;
	}
	return make(path, 1);
}

int main(int argc, char **argv)
{
	int c, parents = 0, status = 0;
	struct opt o;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "p"))) {
		if (c == '?')
			return usage();
		parents = 1;
	}
	if (!*o.argv)
		return usage();
	for (; *o.argv; o.argv++)
		status |= parents ? make_parents(*o.argv) : make(*o.argv, 0);
	return status;
}
