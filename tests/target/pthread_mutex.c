/*
 * Mutexes and spin locks: types, attributes, deadlines, priority inheritance.
 */
#include "locking.h"

#include <stdint.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static int a_held_mutex_makes_others_wait(void)
{
	pthread_t thread;
	void *error;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(pthread_mutex_lock(&mutex), 0);
	CHECK_EQUAL(thread_above(&thread, locks_and_unlocks, &mutex), 0);
	CHECK_EQUAL(reached, 0);
	CHECK_EQUAL(pthread_mutex_unlock(&mutex), 0);
	CHECK_EQUAL(reached, 1);
	CHECK_EQUAL(pthread_join(thread, &error), 0);
	CHECK(!error);
	CHECK_EQUAL(pthread_mutex_destroy(&mutex), 0);
	return 0;
}

static void *unlocks(void *lock)
{
	return (void *)(intptr_t)pthread_mutex_unlock(lock);
}

static int trylock_of_a_held_mutex_is_busy(void)
{
	CHECK_EQUAL(pthread_mutex_trylock(&mutex), 0);
	CHECK_EQUAL(pthread_mutex_trylock(&mutex), EBUSY);
	CHECK_EQUAL(elsewhere(tries, &mutex), EBUSY);
	CHECK_EQUAL(pthread_mutex_destroy(&mutex), EBUSY);
	CHECK_EQUAL(pthread_mutex_unlock(&mutex), 0);
	return 0;
}

static int a_recursive_mutex_counts(void)
{
	pthread_mutex_t lock;
	for (int protocol = PTHREAD_PRIO_NONE; protocol <= PTHREAD_PRIO_INHERIT; protocol++) {
		CHECK_EQUAL(mutex_of(&lock, PTHREAD_MUTEX_RECURSIVE, protocol), 0);
		CHECK_EQUAL(pthread_mutex_lock(&lock), 0);
		CHECK_EQUAL(pthread_mutex_lock(&lock), 0);
		CHECK_EQUAL(pthread_mutex_trylock(&lock), 0);
		CHECK_EQUAL(elsewhere(tries, &lock), EBUSY);
		CHECK_EQUAL(elsewhere(unlocks, &lock), EPERM);
		for (int i = 0; i < 3; i++)
			CHECK_EQUAL(pthread_mutex_unlock(&lock), 0);
		CHECK_EQUAL(pthread_mutex_unlock(&lock), EPERM);
		CHECK_EQUAL(elsewhere(tries, &lock), 0);
	}
	return 0;
}

static int an_error_checking_mutex_checks(void)
{
	pthread_mutex_t lock;
	for (int protocol = PTHREAD_PRIO_NONE; protocol <= PTHREAD_PRIO_INHERIT; protocol++) {
		CHECK_EQUAL(mutex_of(&lock, PTHREAD_MUTEX_ERRORCHECK, protocol), 0);
		CHECK_EQUAL(pthread_mutex_unlock(&lock), EPERM);
		CHECK_EQUAL(pthread_mutex_lock(&lock), 0);
		CHECK_EQUAL(pthread_mutex_lock(&lock), EDEADLK);
		CHECK_EQUAL(pthread_mutex_trylock(&lock), EBUSY);
		CHECK_EQUAL(elsewhere(unlocks, &lock), EPERM);
		CHECK_EQUAL(pthread_mutex_unlock(&lock), 0);
	}
	return 0;
}

static int attributes_of_mutexes_are_checked(void)
{
	pthread_mutexattr_t attributes;
	int value;
	CHECK_EQUAL(pthread_mutexattr_init(&attributes), 0);
	CHECK_EQUAL(pthread_mutexattr_gettype(&attributes, &value), 0);
	CHECK_EQUAL(value, PTHREAD_MUTEX_DEFAULT);
	CHECK_EQUAL(pthread_mutexattr_getprotocol(&attributes, &value), 0);
	CHECK_EQUAL(value, PTHREAD_PRIO_NONE);
	CHECK_EQUAL(pthread_mutexattr_settype(&attributes, 9), EINVAL);
	CHECK_EQUAL(pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_PROTECT), ENOTSUP);
	CHECK_EQUAL(pthread_mutexattr_setprotocol(&attributes, 9), EINVAL);
	CHECK_EQUAL(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED), ENOTSUP);
	CHECK_EQUAL(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_PRIVATE), 0);
	CHECK_EQUAL(pthread_mutexattr_setpshared(&attributes, 9), EINVAL);
	CHECK_EQUAL(pthread_mutexattr_getpshared(&attributes, &value), 0);
	CHECK_EQUAL(value, PTHREAD_PROCESS_PRIVATE);
	CHECK_EQUAL(pthread_mutexattr_destroy(&attributes), 0);
	return 0;
}

static void *locks_until(void *lock)
{
	const struct timespec until = moment(CLOCK_REALTIME, 20);
	int error = pthread_mutex_timedlock(lock, &until);
	return (void *)(intptr_t)(error == ETIMEDOUT && !has_passed(CLOCK_REALTIME, &until) ? -1 : error);
}

static void *locks_until_the_past(void *lock)
{
	return (void *)(intptr_t)pthread_mutex_timedlock(lock, &past);
}

static void *locks_until_no_time(void *lock)
{
	static const struct timespec none = { .tv_nsec = 1000000000 };
	return (void *)(intptr_t)pthread_mutex_timedlock(lock, &none);
}

static int a_timed_lock_ends_at_its_deadline(void)
{
	pthread_mutex_t lock;
	for (int protocol = PTHREAD_PRIO_NONE; protocol <= PTHREAD_PRIO_INHERIT; protocol++) {
		CHECK_EQUAL(mutex_of(&lock, PTHREAD_MUTEX_NORMAL, protocol), 0);
		CHECK_EQUAL(pthread_mutex_timedlock(&lock, &past), 0);
		CHECK_EQUAL(elsewhere(locks_until, &lock), ETIMEDOUT);
		CHECK_EQUAL(elsewhere(locks_until_the_past, &lock), ETIMEDOUT);
		CHECK_EQUAL(elsewhere(locks_until_no_time, &lock), EINVAL);
		CHECK_EQUAL(pthread_mutex_unlock(&lock), 0);
		CHECK_EQUAL(elsewhere(locks_until_the_past, &lock), 0);
	}
	return 0;
}

static int effective_priority(void)
{
	struct sched_param parameters;
	int policy;
	pthread_getschedparam(pthread_self(), &policy, &parameters);
	return parameters.sched_priority;
}

static pthread_mutex_t outer, inner;

static void *holds_outer_wants_inner(void *unused)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&inner);
	reached++;
	pthread_mutex_unlock(&inner);
	pthread_mutex_unlock(&outer);
	return unused;
}

static void *wants_outer(void *unused)
{
	pthread_mutex_lock(&outer);
	reached += 10;
	pthread_mutex_unlock(&outer);
	return unused;
}

static void *is_in_the_way(void *unused)
{
	reached += 100;
	return unused;
}

/*
 * The case holds `inner`, a thread above it `outer`, a third above both waits for that: through the chain the case becomes
 * as urgent as the third, so a fourth between them does not run until the case lets go.
 */
static int priority_is_inherited_along_a_chain(void)
{
	pthread_t middle, high, between;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(mutex_of(&outer, PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT), 0);
	CHECK_EQUAL(mutex_of(&inner, PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT), 0);
	CHECK_EQUAL(pthread_mutex_lock(&inner), 0);
	CHECK_EQUAL(thread_ranked(&middle, 4, holds_outer_wants_inner, NULL), 0);
	CHECK_EQUAL(thread_ranked(&high, 8, wants_outer, NULL), 0);
	CHECK_EQUAL(thread_ranked(&between, 6, is_in_the_way, NULL), 0);
	CHECK_EQUAL(reached, 0);
	CHECK_EQUAL(effective_priority(), RANK_CASE);
	CHECK_EQUAL(pthread_mutex_unlock(&inner), 0);
	CHECK_EQUAL(reached, 111);
	CHECK_EQUAL(pthread_join(middle, NULL), 0);
	CHECK_EQUAL(pthread_join(high, NULL), 0);
	CHECK_EQUAL(pthread_join(between, NULL), 0);
	return 0;
}

static int without_inheritance_the_one_between_runs(void)
{
	pthread_t high, between;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(pthread_mutex_lock(&mutex), 0);
	CHECK_EQUAL(thread_ranked(&high, 8, locks_and_unlocks, &mutex), 0);
	CHECK_EQUAL(thread_ranked(&between, 6, is_in_the_way, NULL), 0);
	CHECK_EQUAL(reached, 100);
	CHECK_EQUAL(pthread_mutex_unlock(&mutex), 0);
	CHECK_EQUAL(pthread_join(high, NULL), 0);
	CHECK_EQUAL(pthread_join(between, NULL), 0);
	return 0;
}

static pthread_spinlock_t spin;

static void *spins(void *unused)
{
	intptr_t error = pthread_spin_lock(&spin);
	(void)unused;
	reached++;
	return (void *)(error ? error : pthread_spin_unlock(&spin));
}

/* On one processor a more urgent thread that spun would never let the holder run. */
static int who_waits_for_a_spin_lock_lets_its_holder_run(void)
{
	pthread_t thread;
	void *error;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(pthread_spin_init(&spin, PTHREAD_PROCESS_SHARED), ENOTSUP);
	CHECK_EQUAL(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE), 0);
	CHECK_EQUAL(pthread_spin_lock(&spin), 0);
	CHECK_EQUAL(pthread_spin_trylock(&spin), EBUSY);
	CHECK_EQUAL(pthread_spin_lock(&spin), EDEADLK);
	CHECK_EQUAL(thread_above(&thread, spins, NULL), 0);
	CHECK_EQUAL(reached, 0);
	CHECK_EQUAL(pthread_spin_unlock(&spin), 0);
	CHECK_EQUAL(reached, 1);
	CHECK_EQUAL(pthread_join(thread, &error), 0);
	CHECK(!error);
	CHECK_EQUAL(pthread_spin_destroy(&spin), 0);
	return 0;
}

TARGET_CASES(pthread_mutex, CASE(a_held_mutex_makes_others_wait), CASE(trylock_of_a_held_mutex_is_busy),
	     CASE(a_recursive_mutex_counts), CASE(an_error_checking_mutex_checks),
	     CASE(attributes_of_mutexes_are_checked), CASE(a_timed_lock_ends_at_its_deadline),
	     CASE(priority_is_inherited_along_a_chain), CASE(without_inheritance_the_one_between_runs),
	     CASE(who_waits_for_a_spin_lock_lets_its_holder_run))
