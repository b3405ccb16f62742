/* POSIX semaphores. Unless something else is said, the functions return 0, or -1 with errno. */
#ifndef SUBLET_SEMAPHORE_H
#define SUBLET_SEMAPHORE_H

#include <fcntl.h>
#include <sys/_timespec.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* word: the value in bits 16 to 31, how many wait in 0 to 15. A named one is a descriptor, kept as its number plus one. */
typedef struct {
	unsigned word;
	int named;
} sem_t;

#define SEM_FAILED ((sem_t *)0)

/* EINVAL: value above SEM_VALUE_MAX. ENOSYS: `shared`, which works in a loan but not between programs. */
int sem_init(sem_t *sem, int shared, unsigned value);
/* Of one that nobody waits for. */
int sem_destroy(sem_t *sem);

/*
 * A semaphore with a name, "/" and up to NAME_MAX bytes; opened again it is the same sem_t. With O_CREAT come a mode and a
 * value. SEM_FAILED with EEXIST, EINVAL, EMFILE, ENAMETOOLONG, ENFILE, ENOENT, ENOMEM or ENOSPC.
 */
sem_t *sem_open(const char *name, int flags, ...);
/* EINVAL: no semaphore from sem_open. */
int sem_close(sem_t *sem);
/* ENOENT, ENAMETOOLONG. It lasts until the last of those that have it open has closed it. */
int sem_unlink(const char *name);

/* Safe in handlers. EOVERFLOW: it is at SEM_VALUE_MAX. */
int sem_post(sem_t *sem);
/* Cancellation points. EINTR; ETIMEDOUT: `deadline` of CLOCK_REALTIME has passed; EINVAL: it is no time. */
int sem_wait(sem_t *sem);
int sem_timedwait(sem_t *__restrict sem, const struct timespec *__restrict deadline);
/* The same by any clock: CLOCK_REALTIME or CLOCK_MONOTONIC. */
int sem_clockwait(sem_t *__restrict sem, clockid_t clock, const struct timespec *__restrict deadline);
/* EAGAIN: it is 0. */
int sem_trywait(sem_t *sem);
int sem_getvalue(sem_t *__restrict sem, int *__restrict value);

#ifdef __cplusplus
}
#endif

#endif
