/* Limits of the system, as abi/abi.h has them. Programs include <limits.h>. */
#ifndef SUBLET_SYS_SYSLIMITS_H
#define SUBLET_SYS_SYSLIMITS_H

#include_next <sys/syslimits.h>

#undef ARG_MAX
#undef NAME_MAX
#undef NGROUPS_MAX
#undef OPEN_MAX
#undef PATH_MAX
#undef PIPE_BUF

#define ARG_MAX 4096
#define NAME_MAX 63
#define NGROUPS_MAX 0
#define OPEN_MAX 64
#define PATH_MAX 256
#define PIPE_BUF 512
#define SYMLOOP_MAX 8
#define SSIZE_MAX __LONG_MAX__
#define HOST_NAME_MAX 15
#define TTY_NAME_MAX 32
#define PTHREAD_KEYS_MAX 128
#define PTHREAD_STACK_MIN 1024
#define PTHREAD_DESTRUCTOR_ITERATIONS 4
#define SEM_VALUE_MAX 32767

#define _POSIX_ARG_MAX 4096
#define _POSIX_NAME_MAX 14
#define _POSIX_OPEN_MAX 20
#define _POSIX_PATH_MAX 256
#define _POSIX_PIPE_BUF 512
#define _POSIX_SEM_VALUE_MAX 32767
#define _POSIX_THREAD_DESTRUCTOR_ITERATIONS 4
#define _POSIX_THREAD_KEYS_MAX 128

#endif
