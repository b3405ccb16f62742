/* System calls whose stubs return what the kernel did, -errno or a result, for functions that leave errno alone. */
#pragma once

#include "abi/abi.h"

/* The new thread's tid; -EAGAIN, -EFAULT, -EINVAL, -ENOMEM, -EPERM. The thread begins at spec->entry with its tid in a1. */
long raw_thread_create(const struct abi_thread *spec);
/* Does not return. When the thread has run its last instruction, *word is `value` and who waits there is woken. */
long raw_thread_exit(int *word, int value) __attribute__((noreturn));
/* tid 0 is the caller. -EINVAL, -ESRCH. */
long raw_thread_kill(int tid, int sig);
/* Policy and priority. -EINVAL, -ESRCH. */
long raw_thread_sched(int tid, const int *wanted, int *old);
/* Ends its sleep, or the next one, with -EINTR. -ESRCH. */
long raw_thread_cancel(int tid);

/* -EDEADLK, -EINVAL, -EPERM, -ESRCH, -ETIMEDOUT. */
long raw_futex_lock_pi(int *word, const struct abi_timespec *deadline, int clock);
/* -EPERM. */
long raw_futex_unlock_pi(int *word);

/* A descriptor, or -1 with errno. */
long sys_sem_open(const char *name, int flags, int mode, unsigned value);
long sys_sem_unlink(const char *name);
