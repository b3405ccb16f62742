#include "handlers.h"

int siginterrupt(int sig, int interrupt)
{
	struct sigaction act;

	if (sigaction(sig, NULL, &act) < 0)
		return -1;
	if (interrupt) {
		__signals_interrupt |= SIGNAL_BIT(sig);
		act.sa_flags &= ~SA_RESTART;
	} else {
		__signals_interrupt &= ~SIGNAL_BIT(sig);
		act.sa_flags |= SA_RESTART;
	}
	return sigaction(sig, &act, NULL);
}
