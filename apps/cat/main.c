/*
 * cat: copies files to standard output.
 */
#include "file.h"
#include "msg.h"
#include "opt.h"

const char app_name[] = "cat";
const char app_usage[] = "[FILE...]";

static int cat(int fd, const char *name)
{
	int r = copy_fd(fd, 1);

	if (r == 0)
		return 0;
	return msg_error(r == -2 ? "write error" : name ? name : "stdin");
}

int main(int argc, char **argv)
{
	struct opt o;

	(void)argc;
	opt_init(&o, argv);
	if (opt_next(&o, "") != 0)
		return usage();
	return each_input(o.argv, cat);
}
