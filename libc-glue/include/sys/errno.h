/* newlib's <sys/errno.h>; errno is a load or a store relative to tp instead of a call. */
#ifndef SUBLET_SYS_ERRNO_H
#define SUBLET_SYS_ERRNO_H

#include_next <sys/errno.h>

#ifndef _REENT_ONLY
#undef errno
#define errno (_REENT->_errno)
#endif

#endif
