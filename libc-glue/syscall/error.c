/* The one place that turns the kernel's -errno into -1 and errno. */
#include <errno.h>
#include <reent.h>

#include "syscall.h"

#define ERROR_MAX 4095UL

long syscall_error(long result)
{
	if ((unsigned long)result < -ERROR_MAX)
		return result;
	_REENT->_errno = (int)-result;
	return -1;
}
