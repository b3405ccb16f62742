/*
 * Condition variables and barriers: who is woken, and deadlines by either clock.
 */
#include "locking.h"

#include <stdint.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static volatile int turn;

static void *waits_for_its_turn(void *number)
{
	intptr_t error = 0;
	pthread_mutex_lock(&mutex);
	while (!error && turn < (int)(intptr_t)number)
		error = pthread_cond_wait(&cond, &mutex);
	reached++;
	pthread_mutex_unlock(&mutex);
	return (void *)error;
}

static int a_signal_wakes_one_and_a_broadcast_all(void)
{
	pthread_t threads[3];
	void *error;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(pthread_cond_signal(&cond), 0);
	CHECK_EQUAL(pthread_cond_broadcast(&cond), 0);
	for (int i = 0; i < 3; i++)
		CHECK_EQUAL(thread_above(&threads[i], waits_for_its_turn, (void *)1), 0);
	turn = 1;
	CHECK_EQUAL(pthread_cond_signal(&cond), 0);
	CHECK_EQUAL(reached, 1);
	CHECK_EQUAL(pthread_cond_broadcast(&cond), 0);
	CHECK_EQUAL(reached, 3);
	for (int i = 0; i < 3; i++) {
		CHECK_EQUAL(pthread_join(threads[i], &error), 0);
		CHECK(!error);
	}
	CHECK_EQUAL(pthread_cond_destroy(&cond), 0);
	return 0;
}

static int a_timed_wait_ends_at_its_deadline_by_either_clock(void)
{
	static const clockid_t clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC };
	pthread_condattr_t attributes;
	clockid_t clock;
	CHECK_EQUAL(pthread_condattr_init(&attributes), 0);
	CHECK_EQUAL(pthread_condattr_getclock(&attributes, &clock), 0);
	CHECK_EQUAL(clock, CLOCK_REALTIME);
	CHECK_EQUAL(pthread_condattr_setclock(&attributes, CLOCK_PROCESS_CPUTIME_ID), EINVAL);
	CHECK_EQUAL(pthread_condattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED), ENOTSUP);
	for (int i = 0; i < 2; i++) {
		pthread_cond_t timed;
		CHECK_EQUAL(pthread_condattr_setclock(&attributes, clocks[i]), 0);
		CHECK_EQUAL(pthread_cond_init(&timed, &attributes), 0);
		CHECK_EQUAL(pthread_mutex_lock(&mutex), 0);
		struct timespec until = moment(clocks[i], 20);
		CHECK_EQUAL(pthread_cond_timedwait(&timed, &mutex, &until), ETIMEDOUT);
		CHECK(has_passed(clocks[i], &until));
		CHECK_EQUAL(pthread_cond_timedwait(&timed, &mutex, &past), ETIMEDOUT);
		until.tv_nsec = -1;
		CHECK_EQUAL(pthread_cond_timedwait(&timed, &mutex, &until), EINVAL);
		CHECK_EQUAL(elsewhere(tries, &mutex), EBUSY);
		CHECK_EQUAL(pthread_mutex_unlock(&mutex), 0);
	}
	CHECK_EQUAL(pthread_condattr_destroy(&attributes), 0);
	return 0;
}

static int a_wait_without_the_mutex_is_refused(void)
{
	pthread_mutex_t lock;
	CHECK_EQUAL(mutex_of(&lock, PTHREAD_MUTEX_ERRORCHECK, PTHREAD_PRIO_NONE), 0);
	CHECK_EQUAL(pthread_cond_wait(&cond, &lock), EPERM);
	return 0;
}

static pthread_barrier_t barrier;

static void *meets(void *unused)
{
	int serial = pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
	(void)unused;
	reached++;
	serial += pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
	return (void *)(intptr_t)serial;
}

static int a_barrier_lets_all_go_when_the_last_has_come(void)
{
	pthread_t threads[3];
	int serial = 0;
	void *count;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(pthread_barrier_init(&barrier, NULL, 0), EINVAL);
	CHECK_EQUAL(pthread_barrier_init(&barrier, NULL, 4), 0);
	for (int i = 0; i < 3; i++)
		CHECK_EQUAL(thread_above(&threads[i], meets, NULL), 0);
	CHECK_EQUAL(reached, 0);
	CHECK_EQUAL(pthread_barrier_destroy(&barrier), EBUSY);
	serial += pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
	CHECK_EQUAL(reached, 3);
	serial += pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
	for (int i = 0; i < 3; i++) {
		CHECK_EQUAL(pthread_join(threads[i], &count), 0);
		serial += (int)(intptr_t)count;
	}
	CHECK_EQUAL(serial, 2);
	CHECK_EQUAL(pthread_barrier_destroy(&barrier), 0);
	return 0;
}

TARGET_CASES(pthread_cond, CASE(a_signal_wakes_one_and_a_broadcast_all),
	     CASE(a_timed_wait_ends_at_its_deadline_by_either_clock), CASE(a_wait_without_the_mutex_is_refused),
	     CASE(a_barrier_lets_all_go_when_the_last_has_come))
