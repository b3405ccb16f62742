/* The superuser becomes somebody else, for good. */
#include <unistd.h>

#include "../../syscall/syscall.h"

int setuid(uid_t user)
{
	return sys_setids(ABI_ID_USER, user) < 0 ? -1 : 0;
}

int setgid(gid_t group)
{
	return sys_setids(ABI_ID_GROUP, group) < 0 ? -1 : 0;
}
