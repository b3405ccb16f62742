/*
 * Read-write locks. Who wants to write goes before new readers, but for a thread that reads already: it must not wait for a
 * writer who waits for it. Everything is in one word, so whatever changes wakes a thread that is about to sleep; those that
 * sleep are all woken when the lock becomes free, and when a writer gives up.
 */
#include "futex.h"

#define COUNT 0xffffu /* readers, or the writer's tid */
#define WANTS 0x10000u
#define WANTED 0x3fff0000u
#define WRITER 0x40000000u

int pthread_rwlock_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attributes)
{
	(void)attributes;
	*lock = (pthread_rwlock_t)PTHREAD_RWLOCK_INITIALIZER;
	return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *lock)
{
	return load(&lock->state) & (COUNT | WANTED) ? EBUSY : 0;
}

static bool is_written_by(unsigned state, unsigned tid)
{
	return (state & WRITER) && (state & COUNT) == tid;
}

/* 0: may be tried; EBUSY: not now. */
static int may_read(unsigned state)
{
	if (is_written_by(state, own_tail()->tid))
		return EDEADLK;
	if ((state & WRITER) || ((state & WANTED) && own_tail()->reading == 0))
		return EBUSY;
	return (state & COUNT) == COUNT ? EAGAIN : 0;
}

/* Takes the lock for reading if it can be had. */
static int try_to_read(pthread_rwlock_t *lock, unsigned *state)
{
	for (;;) {
		*state = load(&lock->state);
		int error = may_read(*state);
		if (error)
			return error;
		if (change(&lock->state, *state, *state + 1)) {
			own_tail()->reading++;
			return 0;
		}
	}
}

static int try_to_write(pthread_rwlock_t *lock, unsigned *state, unsigned wants)
{
	unsigned tid = own_tail()->tid;

	for (;;) {
		*state = load(&lock->state);
		if (is_written_by(*state, tid))
			return EDEADLK;
		if (*state & (WRITER | COUNT))
			return EBUSY;
		if (change(&lock->state, *state, (*state - wants) | WRITER | tid))
			return 0;
	}
}

/* Sleeps until the lock is another than `state`, or was woken. */
static int sleep_on(pthread_rwlock_t *lock, unsigned state, struct deadline deadline)
{
	if (!(state & WAITERS) && !change(&lock->state, state, state | WAITERS))
		return 0;
	int error = futex_wait(&lock->state, state | WAITERS, deadline);
	return error == EAGAIN || error == EINTR ? 0 : error;
}

static int read_lock(pthread_rwlock_t *lock, struct deadline deadline)
{
	unsigned state;
	int error;

	while ((error = try_to_read(lock, &state)) == EBUSY) {
		error = sleep_on(lock, state, deadline);
		if (error)
			break;
	}
	return error;
}

/* Who wanted to write and gave up: readers may be waiting because of it. */
static int give_up(pthread_rwlock_t *lock, int error)
{
	__atomic_fetch_sub(&lock->state, WANTS, __ATOMIC_RELAXED);
	futex_wake(&lock->state, INT_MAX);
	return error;
}

static int write_lock(pthread_rwlock_t *lock, struct deadline deadline)
{
	unsigned state;
	int error = try_to_write(lock, &state, 0);

	if (error != EBUSY)
		return error;
	__atomic_fetch_add(&lock->state, WANTS, __ATOMIC_RELAXED);
	while ((error = try_to_write(lock, &state, WANTS)) == EBUSY) {
		error = sleep_on(lock, state, deadline);
		if (error)
			break;
	}
	return error ? give_up(lock, error) : 0;
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
	return read_lock(lock, (struct deadline){NULL, 0});
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t *lock, const struct timespec *until)
{
	return read_lock(lock, (struct deadline){until, CLOCK_REALTIME});
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
	unsigned state;
	int error = try_to_read(lock, &state);

	return error == EDEADLK ? EBUSY : error;
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
	return write_lock(lock, (struct deadline){NULL, 0});
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t *lock, const struct timespec *until)
{
	return write_lock(lock, (struct deadline){until, CLOCK_REALTIME});
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
	unsigned state;

	return try_to_write(lock, &state, 0) ? EBUSY : 0;
}

/* The state without one reader, or without its writer; WAITERS goes when the lock becomes free, for all are woken. */
static unsigned released(unsigned state)
{
	unsigned left = state & WRITER ? state & ~(WRITER | COUNT) : state - 1;

	return left & COUNT ? left : left & ~WAITERS;
}

int pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
	unsigned state;

	do {
		state = load(&lock->state);
		if (state & WRITER ? !is_written_by(state, own_tail()->tid) : (state & COUNT) == 0)
			return EPERM;
	} while (!change(&lock->state, state, released(state)));
	if (!(state & WRITER))
		own_tail()->reading--;
	if ((state & WAITERS) && !(released(state) & WAITERS))
		futex_wake(&lock->state, INT_MAX);
	return 0;
}

int pthread_rwlockattr_init(pthread_rwlockattr_t *attributes)
{
	attributes->unused = 0;
	return 0;
}

int pthread_rwlockattr_destroy(pthread_rwlockattr_t *attributes)
{
	(void)attributes;
	return 0;
}
