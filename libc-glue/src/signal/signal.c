/* Default and ignore are what the kernel knows so far; a handler is refused rather than forgotten. */
#include <errno.h>
#include <signal.h>

#include "../../syscall/syscall.h"

_sig_func_ptr signal(int sig, _sig_func_ptr action)
{
	if (action != SIG_DFL && action != SIG_IGN) {
		errno = ENOSYS;
		return SIG_ERR;
	}
	return (_sig_func_ptr)sys_signal(sig, (long)action);
}
