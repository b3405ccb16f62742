/* newlib's <stdlib.h>, and pseudo-terminals. */
#ifndef SUBLET_STDLIB_H
#define SUBLET_STDLIB_H

#include_next <stdlib.h>

#if __POSIX_VISIBLE || __XSI_VISIBLE

#ifdef __cplusplus
extern "C" {
#endif

/* The master of a new pseudo-terminal, pty(4). `flags`: O_RDWR, O_NOCTTY. -1 with EAGAIN (there are 255), ENOMEM, EMFILE. */
int posix_openpt(int flags);
/* Before its slave can be opened: 0, or -1 with EBADF, or EINVAL (no master). */
int grantpt(int master);
int unlockpt(int master);
/* The path of the slave, good until the next call; NULL with EBADF or ENOTTY (no master). */
char *ptsname(int master);
/* The same into `name`. 0, EBADF, ENOTTY or ERANGE. */
int ptsname_r(int master, char *name, size_t size);

#ifdef __cplusplus
}
#endif

#endif

#endif
