/* Sets of signals. */
#include "handlers.h"

int sigemptyset(sigset_t *set)
{
	*set = 0;
	return 0;
}

int sigfillset(sigset_t *set)
{
	*set = ALL_SIGNALS;
	return 0;
}

int sigaddset(sigset_t *set, int sig)
{
	if (!__signal_exists(sig))
		return -1;
	*set |= SIGNAL_BIT(sig);
	return 0;
}

int sigdelset(sigset_t *set, int sig)
{
	if (!__signal_exists(sig))
		return -1;
	*set &= ~SIGNAL_BIT(sig);
	return 0;
}

int sigismember(const sigset_t *set, int sig)
{
	if (!__signal_exists(sig))
		return -1;
	return (*set & SIGNAL_BIT(sig)) != 0;
}
