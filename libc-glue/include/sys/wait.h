/* wait(): POSIX <sys/wait.h>. A status is the exit code times 256, or the number of the signal that ended the child. */
#pragma once

#include <signal.h>
#include <sys/resource.h>
#include <sys/types.h>

#define WNOHANG 1
#define WUNTRACED 2

#define WEXITSTATUS(status) (((status) >> 8) & 0xff)
#define WTERMSIG(status) ((status) & 0x7f)
#define WSTOPSIG(status) WEXITSTATUS(status)
#define WIFEXITED(status) (WTERMSIG(status) == 0)
#define WIFSTOPPED(status) (((status) & 0xff) == 0x7f)
#define WIFSIGNALED(status) ((((status) + 1) & 0x7f) > 1) /* neither 0 nor 0x7f; evaluated once, as functions would be */
#define WCOREDUMP(status) ((status) & 0x80)

/* The pid of a child that has ended, 0 (WNOHANG and none has), or -1 with ECHILD, EINTR or EINVAL. */
pid_t wait(int *status);
pid_t waitpid(pid_t pid, int *status, int options);
pid_t wait3(int *status, int options, struct rusage *usage);
pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage);
