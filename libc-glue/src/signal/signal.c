/* As BSD and glibc have it: the handler stays, its signal is blocked meanwhile, and calls are made again. */
#include "handlers.h"

_sig_func_ptr signal(int sig, _sig_func_ptr action)
{
	struct sigaction act = {.sa_handler = action, .sa_flags = SA_RESTART}, old;

	if (!__signal_exists(sig))
		return SIG_ERR;
	if (__signals_interrupt & SIGNAL_BIT(sig))
		act.sa_flags = 0;
	return sigaction(sig, &act, &old) < 0 ? SIG_ERR : old.sa_handler;
}
