/* newlib's feature macros, and the POSIX options that Sublet has beyond those newlib knows of. */
#ifndef SUBLET_SYS_FEATURES_H
#define SUBLET_SYS_FEATURES_H

#include_next <sys/features.h>

#define _POSIX_TIMERS 200809L
#define _POSIX_MONOTONIC_CLOCK 200809L
#define _POSIX_CPUTIME 200809L
#define _POSIX_JOB_CONTROL 1
#define _POSIX_SHELL 1

/*
 * Not while newlib itself is compiled: it would switch cancellation off and on around each call of stdio, where our locks
 * do so only in programs of threads (<sys/lock.h>).
 */
#ifndef SUBLET_BUILDS_NEWLIB
#define _POSIX_THREADS 200809L
#define _POSIX_THREAD_ATTR_STACKADDR 200809L
#define _POSIX_THREAD_ATTR_STACKSIZE 200809L
#define _POSIX_THREAD_PRIORITY_SCHEDULING 200809L
#define _POSIX_THREAD_PRIO_INHERIT 200809L
#define _POSIX_THREAD_SAFE_FUNCTIONS 200809L
#define _POSIX_BARRIERS 200809L
#define _POSIX_READER_WRITER_LOCKS 200809L
#define _POSIX_SEMAPHORES 200809L
#define _POSIX_SPIN_LOCKS 200809L
#define _POSIX_TIMEOUTS 200809L
#define _UNIX98_THREAD_MUTEX_ATTRIBUTES 1
#endif

#endif
