/* System calls whose C function does more than the call, under the names that CMakeLists.txt gives their stubs. */
#pragma once

#include <stddef.h>

#include "abi/abi.h"

struct rlimit;

/*
 * Takes what the kernel returned: -errno in [-4095, -1] sets errno and gives -1, anything else is returned as it is.
 * May be called in a child of vfork; touches no stack.
 */
long syscall_error(long result);

/* The length of the path with its NUL, or -1 with EFAULT, ENOENT or ERANGE. */
long sys_getcwd(char *buf, size_t size);

/* 0, or -1 with EINVAL, ENOMEM. A handler returns to act->restorer. */
int sys_sigaction(int sig, const struct abi_sigaction *act, struct abi_sigaction *old);

/* The policy of the process and, unless NULL, its priority, 0 under SCHED_OTHER; or -1 with EFAULT, ESRCH. */
int sys_sched_getscheduler(int pid, int *priority);

/* 0, or -1 with EFAULT, EINVAL, ESRCH. NULL as `nice`: looks only. `old`: the lowest nice value before. */
int sys_setpriority(int which, int who, const int *nice, int *old);

/* 0, or -1 with EFAULT, EINVAL, EPERM, ENOMEM. NULL as `limit`: looks only; `old`: the limit before. */
int sys_prlimit(int resource, const struct rlimit *limit, struct rlimit *old);

/* The id before (ABI_ID_USER, ABI_ID_GROUP), or -1 with EINVAL, EPERM, ENOMEM. -1 as `id`: looks only. */
int sys_setids(int which, int id);

/* 0, or -1 with EINVAL, ESRCH. tid 0 is the calling thread. */
long sys_thread_kill(int tid, int sig);

/* Where handlers return to: the system call sigreturn, with the frame that sp points at. Never called. */
void __signal_restorer(void);
