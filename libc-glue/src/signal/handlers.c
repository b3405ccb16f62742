#include "handlers.h"

#include <errno.h>

sigset_t __signals_interrupt;

int __signal_exists(int sig)
{
	if (sig > 0 && sig < NSIG)
		return 1;
	errno = EINVAL;
	return 0;
}
