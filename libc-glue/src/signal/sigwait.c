/* A handler that runs meanwhile does not end it: POSIX names no EINTR here. */
#include <errno.h>
#include <signal.h>

int sigwait(const sigset_t *restrict set, int *restrict sig)
{
	int saved = errno, taken;

	while ((taken = sigtimedwait(set, NULL, NULL)) < 0) {
		if (errno != EINTR)
			return errno;
	}
	errno = saved;
	*sig = taken;
	return 0;
}
