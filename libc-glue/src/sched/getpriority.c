#include <stddef.h>
#include <sys/resource.h>

#include "../../syscall/syscall.h"

int getpriority(int which, id_t who)
{
	int nice;

	return sys_setpriority(which, (int)who, NULL, &nice) < 0 ? -1 : nice;
}
