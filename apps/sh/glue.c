/*
 * The little that the shell needs of some functions of the C library, which can do more and take 600 bytes more of text. Target
 * builds only: the linker takes these before the library's.
 */
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <abi/abi.h>

#include "sh.h"

int sys_sigaction(int sig, const struct abi_sigaction *act, struct abi_sigaction *old);
long sys_getcwd(char *buf, size_t size);
void __signal_restorer(void);
void __libc_init_array(void);

/* No masks and no flags, so calls that a handler interrupts are not made again. */
void signal_set(int sig, void (*action)(int))
{
	struct abi_sigaction act = {.handler = (uintptr_t)action, .restorer = (uintptr_t)__signal_restorer};

	sys_sigaction(sig, &act, NULL);
}

/* The buffer is the caller's. */
char *getcwd(char *buf, size_t size)
{
	return sys_getcwd(buf, size) < 0 ? NULL : buf;
}

/* The action is valid. */
int tcsetattr(int fd, int action, const struct termios *modes)
{
	return ioctl(fd, TCSETS + (unsigned long)action, modes);
}

/* Nothing is registered with atexit. */
void exit(int status)
{
	_exit(status);
}

/* Nothing has constructors. */
void __libc_init_array(void)
{
}
