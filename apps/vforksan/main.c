/*
 * vforksan: the vfork sanitizer for the shell that runs it, or for one command.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "opt.h"

const char app_name[] = "vforksan";
const char app_usage[] = "on | off | COMMAND [ARG...]";

static int watch(pid_t pid, int mode)
{
	return vforksan(pid, mode) < 0 ? msg_error("vforksan") : 0;
}

static int run(char **command)
{
	if (watch(0, VFORKSAN_ON))
		return 126;
	execvp(command[0], command);
	msg_error(command[0]);
	return errno == ENOENT ? 127 : 126;
}

int main(int argc, char **argv)
{
	struct opt o;

	(void)argc;
	opt_init(&o, argv);
	if (opt_next(&o, "") || !*o.argv)
		return usage();
	if (!o.argv[1] && strcmp(o.argv[0], "on") == 0)
		return watch(getppid(), VFORKSAN_ON);
	if (!o.argv[1] && strcmp(o.argv[0], "off") == 0)
		return watch(getppid(), VFORKSAN_OFF);
	return run(o.argv);
}
