/*
 * uname: the name of the system.
 */
#include <sys/utsname.h>

#include "msg.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "uname";
const char app_usage[] = "[-asnrvm]";

static void print(const char *s, int wanted, int *first)
{
	if (!wanted)
		return;
	if (!*first)
		out_char(' ');
	*first = 0;
	out_str(s);
}

enum { SYSNAME = 1, NODENAME = 2, RELEASE = 4, VERSION = 8, MACHINE = 16, ALL = 31 };

int main(int argc, char **argv)
{
	struct utsname u;
	struct opt o;
	int c, wanted = 0, first = 1;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "asnrvm"))) {
		if (c == '?')
			return usage();
		wanted |= c == 'a'   ? ALL
			  : c == 's' ? SYSNAME
			  : c == 'n' ? NODENAME
			  : c == 'r' ? RELEASE
			  : c == 'v' ? VERSION
				     : MACHINE;
	}
	if (*o.argv)
		return usage();
	if (uname(&u) < 0)
		return msg_error("uname");
	if (!wanted)
		wanted = SYSNAME;
	print(u.sysname, wanted & SYSNAME, &first);
	print(u.nodename, wanted & NODENAME, &first);
	print(u.release, wanted & RELEASE, &first);
	print(u.version, wanted & VERSION, &first);
	print(u.machine, wanted & MACHINE, &first);
	out_char('\n');
	return out_end(0);
}
