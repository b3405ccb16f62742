/*
 * signal() for what the shell does with it: to ignore signals, and to stop ignoring them. The C library's also knows handlers, and
 * takes 300 bytes more of text. Target builds only: the linker takes it before the library's.
 */
#include <signal.h>
#include <stdint.h>

#include <abi/abi.h>

int sys_sigaction(int sig, const struct abi_sigaction *act, struct abi_sigaction *old);

_sig_func_ptr signal(int sig, _sig_func_ptr action)
{
	struct abi_sigaction act = {.handler = (uintptr_t)action};

	sys_sigaction(sig, &act, NULL);
	return SIG_DFL;
}
