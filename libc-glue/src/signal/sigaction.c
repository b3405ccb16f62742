/* Handlers return through the restorer, which POSIX's structure has no field for. */
#include <signal.h>
#include <stdint.h>

#include "../../syscall/syscall.h"

int sigaction(int sig, const struct sigaction *restrict act, struct sigaction *restrict old)
{
	struct abi_sigaction wanted, before;

	if (act)
		wanted = (struct abi_sigaction){(uintptr_t)act->sa_handler, (uintptr_t)__signal_restorer, (uint32_t)act->sa_flags,
						act->sa_mask};
	if (sys_sigaction(sig, act ? &wanted : NULL, old ? &before : NULL) < 0)
		return -1;
	if (old) {
		old->sa_handler = (_sig_func_ptr)before.handler;
		old->sa_mask = before.mask;
		old->sa_flags = (int)before.flags;
	}
	return 0;
}
