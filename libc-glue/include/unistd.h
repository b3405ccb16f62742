/* newlib's <unistd.h>, and the calls that it hides or that return twice. */
#ifndef SUBLET_UNISTD_H
#define SUBLET_UNISTD_H

#include_next <unistd.h>

#define _POSIX_VERSION 200809L
#define _POSIX_REALTIME_SIGNALS 200809L

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Makes a child that borrows the caller's memory and stack and runs before the caller goes on. The child may only
 * exec or _exit. Returns 0 in the child, its pid in the parent, or -1 with EAGAIN or ENOMEM.
 */
pid_t vfork(void) __attribute__((returns_twice));

/* With the end of the calling function's frame the kernel notices a child that returns from it. */
pid_t __vfork_from(int flags, void *frame) __attribute__((returns_twice));
#define vfork() __vfork_from(0, __builtin_dwarf_cfa())

/* The vfork sanitizer, see vforksan(2); 0 is the caller. */
#define VFORKSAN_OFF 0
#define VFORKSAN_ON 1
#define VFORKSAN_QUERY 2
int vforksan(pid_t pid, int mode);

int execvpe(const char *file, char *const argv[], char *const envp[]);

#ifdef __cplusplus
}
#endif

#endif
