/*
 * touch: makes files that do not exist. It leaves the times of those that do: the system has no call to set them.
 */
#include <fcntl.h>
#include <unistd.h>

#include "msg.h"
#include "opt.h"

const char app_name[] = "touch";
const char app_usage[] = "[-c] FILE...";

static int make(const char *path)
{
	int fd;

	if (access(path, F_OK) == 0)
		return 0;
	fd = open(path, O_WRONLY | O_CREAT, 0666);
	if (fd < 0)
		return msg_error(path);
	close(fd);
	return 0;
}

int main(int argc, char **argv)
{
	int c, status = 0, make_none = 0;
	struct opt o;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "c"))) {
		if (c == '?')
			return usage();
		make_none = 1;
	}
	if (!*o.argv)
		return usage();
	for (; *o.argv; o.argv++)
		if (!make_none)
			status |= make(*o.argv);
	return status;
}
