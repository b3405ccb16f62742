/* Real and effective ids are one: no program changes its user by being executed. */
#include <unistd.h>

#include "../../syscall/syscall.h"

uid_t getuid(void)
{
	return (uid_t)sys_setids(ABI_ID_USER, -1);
}

uid_t geteuid(void)
{
	return getuid();
}

gid_t getgid(void)
{
	return (gid_t)sys_setids(ABI_ID_GROUP, -1);
}

gid_t getegid(void)
{
	return getgid();
}
