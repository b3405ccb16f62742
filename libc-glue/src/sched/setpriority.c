#include <stddef.h>
#include <sys/resource.h>

#include "../../syscall/syscall.h"

int setpriority(int which, id_t who, int nice)
{
	return sys_setpriority(which, (int)who, &nice, NULL);
}
