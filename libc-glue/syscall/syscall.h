/* System calls whose C function does more than the call, under the names that CMakeLists.txt gives their stubs. */
#pragma once

#include <stddef.h>

/*
 * Takes what the kernel returned: -errno in [-4095, -1] sets errno and gives -1, anything else is returned as it is.
 * May be called in a child of vfork; touches no stack.
 */
long syscall_error(long result);

/* The length of the path with its NUL, or -1 with EFAULT, ENOENT or ERANGE. */
long sys_getcwd(char *buf, size_t size);

/* The old action, or -1 with EINVAL. `action` is ABI_SIG_DFL or ABI_SIG_IGN. */
long sys_signal(int sig, long action);
