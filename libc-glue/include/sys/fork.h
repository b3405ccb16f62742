/* vforkx: vfork with flags, as Solaris has it. */
#pragma once

#include <sys/types.h>

#define FORK_NOSIGCHLD 0x0001 /* the child's end sends no SIGCHLD */
#define FORK_WAITPID 0x0002   /* only a wait for the child's very pid reaps it */
#define FORK_SIGDFL 0x1000    /* Sublet: signals that the parent catches have their default action in the child */

/* Like vfork; 0 is vfork. The child's pid in the parent, 0 in the child, -1 with EINVAL (another flag), EAGAIN or ENOMEM. */
pid_t vforkx(int flags) __attribute__((returns_twice));
pid_t __vfork_from(int flags, void *frame) __attribute__((returns_twice));
#define vforkx(flags) __vfork_from(flags, __builtin_dwarf_cfa())
