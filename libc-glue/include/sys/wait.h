/*
 * wait(): POSIX <sys/wait.h>. A status is the exit code times 256, the number of the signal that ended the child, that of
 * the signal that stopped it times 256 plus 0x7f, or 0xffff when it goes on.
 */
#pragma once

#include <signal.h>
#include <sys/resource.h>
#include <sys/types.h>

#define WNOHANG 1
#define WUNTRACED 2
#define WSTOPPED WUNTRACED
#define WEXITED 4
#define WCONTINUED 8
#define WNOWAIT 16

typedef enum { P_ALL, P_PID, P_PGID } idtype_t;

#define WEXITSTATUS(status) (((status) >> 8) & 0xff)
#define WTERMSIG(status) ((status) & 0x7f)
#define WSTOPSIG(status) WEXITSTATUS(status)
#define WIFEXITED(status) (WTERMSIG(status) == 0)
#define WIFSTOPPED(status) (((status) & 0xff) == 0x7f)
#define WIFSIGNALED(status) ((((status) + 1) & 0x7f) > 1) /* neither 0 nor 0x7f; evaluated once, as functions would be */
#define WIFCONTINUED(status) ((status) == 0xffff)
#define WCOREDUMP(status) ((status) & 0x80)

/*
 * The pid of a child that has ended (WUNTRACED: or stopped, WCONTINUED: or goes on), 0 (WNOHANG and none has), or -1 with
 * ECHILD, EINTR or EINVAL.
 */
pid_t wait(int *status);
pid_t waitpid(pid_t pid, int *status, int options);
pid_t wait3(int *status, int options, struct rusage *usage);
pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage);

/*
 * Waits for the states that the options name (WEXITED, WSTOPPED, WCONTINUED) and fills si_pid, si_status and si_code
 * (CLD_*); with WNOWAIT the child can be waited for again. 0 (WNOHANG and none: si_pid is 0), or -1 with ECHILD, EINTR or
 * EINVAL. P_PGID with 0: the caller's group.
 */
int waitid(idtype_t type, id_t id, siginfo_t *info, int options);
