/*
 * Barriers: a round ends when the last of `limit` threads comes. Others may still be on their way out of a barrier that
 * one of them destroys; pthread_barrier_destroy waits for those.
 */
#include "futex.h"

#define ARRIVED 0xffffu
#define ROUND 0x10000u

int pthread_barrier_init(pthread_barrier_t *barrier, const pthread_barrierattr_t *attributes, unsigned count)
{
	(void)attributes;
	if (count == 0 || count > ARRIVED)
		return EINVAL;
	*barrier = (pthread_barrier_t){.limit = count};
	return 0;
}

int pthread_barrier_destroy(pthread_barrier_t *barrier)
{
	unsigned inside;

	if (load(&barrier->state) & ARRIVED)
		return EBUSY;
	while ((inside = load(&barrier->inside)) != 0)
		futex_wait(&barrier->inside, inside, (struct deadline){NULL, 0});
	return 0;
}

static int leave(pthread_barrier_t *barrier, int result)
{
	if (__atomic_sub_fetch(&barrier->inside, 1, __ATOMIC_ACQ_REL) == 0)
		futex_wake(&barrier->inside, 1);
	return result;
}

static void await_round(pthread_barrier_t *barrier, unsigned round)
{
	unsigned now;

	while (((now = load(&barrier->state)) & ~ARRIVED) == round)
		futex_wait(&barrier->state, now, (struct deadline){NULL, 0});
}

int pthread_barrier_wait(pthread_barrier_t *barrier)
{
	unsigned state, arrived;

	__atomic_fetch_add(&barrier->inside, 1, __ATOMIC_RELAXED);
	do {
		state = load(&barrier->state);
		arrived = (state & ARRIVED) + 1;
	} while (!change(&barrier->state, state, arrived == barrier->limit ? (state & ~ARRIVED) + ROUND : state + 1));
	if (arrived < barrier->limit) {
		await_round(barrier, state & ~ARRIVED);
		return leave(barrier, 0);
	}
	futex_wake(&barrier->state, INT_MAX);
	return leave(barrier, PTHREAD_BARRIER_SERIAL_THREAD);
}

int pthread_barrierattr_init(pthread_barrierattr_t *attributes)
{
	attributes->unused = 0;
	return 0;
}

int pthread_barrierattr_destroy(pthread_barrierattr_t *attributes)
{
	(void)attributes;
	return 0;
}
