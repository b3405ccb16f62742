/*
 * mv: renames files; between file systems it copies a regular file and removes the old one.
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "copy.h"
#include "file.h"
#include "msg.h"
#include "opt.h"
#include "target.h"

const char app_name[] = "mv";
const char app_usage[] = "SOURCE... TARGET";

static int move(const char *from, char *to)
{
	if (rename(from, to) == 0)
		return 0;
	if (errno != EXDEV || is_dir(from))
		return msg_error(from);
	if (copy_file(from, to) != 0)
		return 1;
	return unlink(from) < 0 ? msg_error(from) : 0;
}

int main(int argc, char **argv)
{
	struct opt o;
	int c;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "f")))
		if (c == '?')
			return usage();
	return each_target(o.argv, move);
}
