/*
 * newlib's <sched.h>, and the calls that it hides from systems without POSIX's scheduling options, of which Sublet keeps
 * all but one rule: there are 11 real-time priorities, not 32.
 */
#ifndef SUBLET_SCHED_H
#define SUBLET_SCHED_H

#include_next <sched.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Lets other processes of the same priority run first. Returns 0. */
int sched_yield(void);

/*
 * Policy and priority of the process, 0 is the caller. SCHED_OTHER goes with priority 0, SCHED_FIFO and SCHED_RR with 1 to
 * 11. Returns the policy before, or -1 with EFAULT, EINVAL or ESRCH.
 */
int sched_setscheduler(pid_t pid, int policy, const struct sched_param *parameters);
/* The policy, or -1 with ESRCH. */
int sched_getscheduler(pid_t pid);
/* The priority alone. 0, or -1 with EFAULT, EINVAL or ESRCH. */
int sched_setparam(pid_t pid, const struct sched_param *parameters);
int sched_getparam(pid_t pid, struct sched_param *parameters);

/* The range of priorities of a policy; -1 with EINVAL. */
int sched_get_priority_min(int policy);
int sched_get_priority_max(int policy);
/* How long the process runs beside its equals, 0 under SCHED_FIFO. 0, or -1 with ESRCH. */
int sched_rr_get_interval(pid_t pid, struct timespec *interval);

#ifdef __cplusplus
}
#endif

#endif
