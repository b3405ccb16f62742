#include <stddef.h>
#include <sys/resource.h>

#include "../../syscall/syscall.h"

int getrlimit(int resource, struct rlimit *limit)
{
	return sys_prlimit(resource, NULL, limit);
}
