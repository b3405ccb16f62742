/* uname(): POSIX <sys/utsname.h>. */
#pragma once

struct utsname {
	char sysname[16], nodename[16], release[16], version[48], machine[16];
};

/* Fills *name. Returns 0, or -1 with EFAULT. */
int uname(struct utsname *name);
