/*
 * pwd: prints the working directory.
 */
#include <unistd.h>

#include "file.h"
#include "msg.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "pwd";
const char app_usage[] = "";

int main(int argc, char **argv)
{
	char path[PATH_SIZE];
	struct opt o;

	(void)argc;
	opt_init(&o, argv);
	if (opt_next(&o, "") != 0 || *o.argv)
		return usage();
	if (!getcwd(path, sizeof(path)))
		return msg_error("working directory");
	out_str(path);
	out_char('\n');
	return out_end(0);
}
