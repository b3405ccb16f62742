/* Pseudo-terminals, as the BSDs have them. There is no forkpty, since there is no fork: openpty, vfork, and login_tty in the child. */
#pragma once

#include <sys/ioctl.h>
#include <termios.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A new pseudo-terminal: both its sides, opened without becoming the controlling terminal. `name` (may be NULL) gets the path of the slave: TTY_NAME_MAX bytes.
 * Settings and size may be NULL. 0, or -1 with the errno of open. */
int openpty(int *master, int *slave, char *name, const struct termios *termios, const struct winsize *size);

/* Makes the caller the leader of a session with this controlling terminal, which becomes its standard input, output and error. May be used by a child of vfork.
 * 0, or -1 with EPERM (it is another session's), ENOTTY or EBADF. */
int login_tty(int fd);

#ifdef __cplusplus
}
#endif
