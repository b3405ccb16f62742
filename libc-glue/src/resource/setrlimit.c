#include <stddef.h>
#include <sys/resource.h>

#include "../../syscall/syscall.h"

int setrlimit(int resource, const struct rlimit *limit)
{
	return sys_prlimit(resource, limit, NULL);
}
