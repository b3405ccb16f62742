/* newlib's feature macros, and the POSIX options that Sublet has beyond those newlib knows of. */
#ifndef SUBLET_SYS_FEATURES_H
#define SUBLET_SYS_FEATURES_H

#include_next <sys/features.h>

#define _POSIX_TIMERS 200809L
#define _POSIX_MONOTONIC_CLOCK 200809L
#define _POSIX_CPUTIME 200809L
#define _POSIX_JOB_CONTROL 1
#define _POSIX_SHELL 1

#endif
