/*
 * Whose a process is, and what it may use: user and group, resource limits. Most processes are the superuser's and have the limits that
 * the system starts with; only the others carry a record, which vfork shares and the first change copies.
 *
 * RLIMIT_NOFILE's soft limit is kept by the table of descriptors itself, which checks it on its own.
 */
#pragma once

#include <abi/abi.h>
#include <proc/space.h>

#include <stdbool.h>
#include <stdint.h>

struct process;

struct limits {
	uint16_t refs;
	uint16_t uid, gid; /* real, effective and saved: there are no set-user-ID programs that would tell them apart */
	struct abi_rlimit of[ABI_RLIMITS];
};

static inline unsigned limits_uid(const struct limits *limits)
{
	return limits ? limits->uid : 0;
}

/* What the limit is now: the soft one. Not for RLIMIT_NOFILE. */
static inline unsigned long limits_soft(const struct limits *limits, unsigned resource)
{
	return limits ? limits->of[resource].rlim_cur : ABI_RLIM_INFINITY;
}

/* Whether the calling process may do what needs the superuser, or act on that process: the superuser may, and one of the same user. */
bool caller_is_superuser(void);
bool caller_may_act_on(const struct process *process);

/* vfork: whether the user has as many processes as `process` may see it have (RLIMIT_NPROC). The superuser is not bound. */
bool limits_forbid_process(const struct process *process);
/* sbrk: whether a heap that ends at `brk` is beyond RLIMIT_AS or RLIMIT_DATA. */
static inline bool limits_forbid_heap(const struct limits *limits, const struct space *space, uintptr_t brk)
{
	return brk - space->base > limits_soft(limits, ABI_RLIMIT_AS) || brk - space->data > limits_soft(limits, ABI_RLIMIT_DATA);
}

/* exec: the same for a whole new space, and RLIMIT_STACK. */
static inline bool limits_forbid_space(const struct limits *limits, const struct space *space)
{
	return limits_forbid_heap(limits, space, space->brk) || space->data - space->base > limits_soft(limits, ABI_RLIMIT_STACK);
}
/* RLIMIT_FSIZE: a regular file may not grow to more than this by the calling process. */
unsigned long limits_file_size(void);
/* It tried to: sends SIGXFSZ, and returns -EFBIG. */
long limits_file_exceeded(void);

/* The process ends: `limits` is its record, not NULL. */
void limits_release(struct limits *limits);
