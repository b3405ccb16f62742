/*
 * rmdir: removes empty directories.
 */
#include <unistd.h>

#include "msg.h"
#include "opt.h"

const char app_name[] = "rmdir";
const char app_usage[] = "DIRECTORY...";

int main(int argc, char **argv)
{
	struct opt o;
	int status = 0;

	(void)argc;
	opt_init(&o, argv);
	if (opt_next(&o, "") != 0 || !*o.argv)
		return usage();
	for (; *o.argv; o.argv++)
		if (rmdir(*o.argv) < 0)
			status = msg_error(*o.argv);
	return status;
}
