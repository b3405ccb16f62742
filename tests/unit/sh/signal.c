/* signal_set of the shell over the host's sigaction. */
#include <signal.h>

#include "../../../apps/sh/sh.h"

void signal_set(int sig, void (*action)(int))
{
	struct sigaction act = {.sa_handler = action};

	sigaction(sig, &act, NULL);
}
