/*
 * The types of <pthread.h> in place of newlib's, which are numbers that a library would have to look up: here the objects
 * hold their own state, so that a lock nobody else wants is taken without a table, an allocation or a system call.
 * Zero is the initial state of each. What is in them is for src/thread/ alone.
 */
#ifndef _SYS__PTHREADTYPES_H_
#define _SYS__PTHREADTYPES_H_

#include <sys/features.h>

#if defined(_POSIX_THREADS) || __POSIX_VISIBLE >= 199506

#include <sys/sched.h>

typedef struct thread *pthread_t;
typedef unsigned pthread_key_t;

#define PTHREAD_SCOPE_PROCESS 0
#define PTHREAD_SCOPE_SYSTEM 1
#define PTHREAD_INHERIT_SCHED 1
#define PTHREAD_EXPLICIT_SCHED 2
#define PTHREAD_CREATE_DETACHED 0
#define PTHREAD_CREATE_JOINABLE 1
#define PTHREAD_PROCESS_PRIVATE 0
#define PTHREAD_PROCESS_SHARED 1
#define PTHREAD_PRIO_NONE 0
#define PTHREAD_PRIO_INHERIT 1
#define PTHREAD_PRIO_PROTECT 2
#define PTHREAD_MUTEX_NORMAL 0
#define PTHREAD_MUTEX_RECURSIVE 1
#define PTHREAD_MUTEX_ERRORCHECK 2
#define PTHREAD_MUTEX_DEFAULT PTHREAD_MUTEX_NORMAL

typedef struct {
	void *stack; /* NULL: from malloc */
	__SIZE_TYPE__ size;
	struct sched_param parameters;
	unsigned char policy, detach_state, inherit_sched, scope;
} pthread_attr_t;

/* word: 0 is free, else the holder's tid, and bit 31 when others wait. */
typedef struct {
	unsigned word;
	unsigned short depth;
	unsigned char type, protocol;
} pthread_mutex_t;

typedef struct {
	unsigned char type, protocol;
} pthread_mutexattr_t;

#define _PTHREAD_MUTEX_INITIALIZER { 0, 0, 0, 0 }
#define PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP { 0, 0, PTHREAD_MUTEX_RECURSIVE, 0 }
#define PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP { 0, 0, PTHREAD_MUTEX_ERRORCHECK, 0 }

/* word: counts signals in steps of two; bit 0 is set when somebody may be waiting. clock 0 is CLOCK_REALTIME. */
typedef struct {
	unsigned word;
	unsigned clock;
} pthread_cond_t;

typedef struct {
	unsigned clock;
} pthread_condattr_t;

#define _PTHREAD_COND_INITIALIZER { 0, 0 }

/*
 * Bits 0 to 15: the number of readers, or the writer's tid with bit 30; 16 to 29: how many wait to write; 31: some wait to
 * read.
 */
typedef struct {
	unsigned state;
} pthread_rwlock_t;

typedef struct {
	int unused;
} pthread_rwlockattr_t;

#define _PTHREAD_RWLOCK_INITIALIZER { 0 }

/* state: how many have arrived in bits 0 to 15, the round in 16 to 31. inside: who has not left pthread_barrier_wait. */
typedef struct {
	unsigned state, limit, inside;
} pthread_barrier_t;

typedef struct {
	int unused;
} pthread_barrierattr_t;

typedef unsigned pthread_spinlock_t;

typedef struct {
	unsigned state;
} pthread_once_t;

#define _PTHREAD_ONCE_INIT { 0 }

#endif
#endif
