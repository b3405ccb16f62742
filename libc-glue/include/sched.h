/* newlib's <sched.h>, and the call that it hides from systems without POSIX's scheduling options. */
#ifndef SUBLET_SCHED_H
#define SUBLET_SCHED_H

#include_next <sched.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Lets other processes of the same priority run first. Returns 0. */
int sched_yield(void);

#ifdef __cplusplus
}
#endif

#endif
