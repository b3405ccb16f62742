/* newlib's <sys/resource.h>, nice values and resource limits. */
#ifndef SUBLET_SYS_RESOURCE_H
#define SUBLET_SYS_RESOURCE_H

#include_next <sys/resource.h>
#include <sys/types.h>

/* Whose nice value: the process, the members of the group, or everybody (user 0); 0 is the caller's. */
#define PRIO_PROCESS 0
#define PRIO_PGRP 1
#define PRIO_USER 2

/* The range of nice values; what lies beyond is brought into it. */
#define PRIO_MIN (-20)
#define PRIO_MAX 19

typedef unsigned long rlim_t;

struct rlimit {
	rlim_t rlim_cur; /* what holds */
	rlim_t rlim_max; /* how far it may be raised */
};

#define RLIM_INFINITY (~(rlim_t)0)
#define RLIM_SAVED_MAX RLIM_INFINITY
#define RLIM_SAVED_CUR RLIM_INFINITY

/* What is limited: see getrlimit(2). */
#define RLIMIT_CPU 0
#define RLIMIT_FSIZE 1
#define RLIMIT_DATA 2
#define RLIMIT_STACK 3
#define RLIMIT_CORE 4
#define RLIMIT_NPROC 5
#define RLIMIT_NOFILE 6
#define RLIMIT_AS 7
#define RLIM_NLIMITS 8

#ifdef __cplusplus
extern "C" {
#endif

/* The lowest nice value of those meant, which may be -1; or -1 with EINVAL or ESRCH. */
int getpriority(int which, id_t who);
/* 0, or -1 with EINVAL or ESRCH. */
int setpriority(int which, id_t who, int nice);

/* 0, or -1 with EINVAL; setrlimit also EPERM (only the superuser raises a hard limit) and ENOMEM. POSIX, getrlimit. */
int getrlimit(int resource, struct rlimit *limit);
int setrlimit(int resource, const struct rlimit *limit);

#ifdef __cplusplus
}
#endif

#endif
