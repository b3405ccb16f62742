/* newlib's <sys/resource.h>, and nice values. */
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

#ifdef __cplusplus
extern "C" {
#endif

/* The lowest nice value of those meant, which may be -1; or -1 with EINVAL or ESRCH. */
int getpriority(int which, id_t who);
/* 0, or -1 with EINVAL or ESRCH. */
int setpriority(int which, id_t who, int nice);

#ifdef __cplusplus
}
#endif

#endif
