#include <errno.h>
#include <signal.h>

int killpg(pid_t group, int sig)
{
	/* kill(-1) would be everybody. */
	if (group < 0 || group == 1) {
		errno = group < 0 ? EINVAL : ESRCH;
		return -1;
	}
	return kill(-group, sig);
}
