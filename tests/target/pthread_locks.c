/* Mutexes, condition variables, read-write locks, barriers, spin locks: each rule, each error, each wait with a deadline. */
#include "pthreading.h"

#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static volatile int reached;
static const struct timespec past;

static int mutex_of(pthread_mutex_t *made, int type, int protocol)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	if (pthread_mutexattr_settype(&attributes, type) != 0 || pthread_mutexattr_setprotocol(&attributes, protocol) != 0)
		return -1;
	return pthread_mutex_init(made, &attributes);
}

static void *locks_and_unlocks(void *lock)
{
	intptr_t error = pthread_mutex_lock(lock);

	reached++;
	return (void *)(error ? error : pthread_mutex_unlock(lock));
}

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

static void *tries(void *lock)
{
	return (void *)(intptr_t)pthread_mutex_trylock(lock);
}

static void *unlocks(void *lock)
{
	return (void *)(intptr_t)pthread_mutex_unlock(lock);
}

/* What another thread gets from `routine`. */
static int elsewhere(void *(*routine)(void *), void *argument)
{
	pthread_t thread;
	void *error;
	CHECK_EQUAL(pthread_create(&thread, NULL, routine, argument), 0);
	CHECK_EQUAL(pthread_join(thread, &error), 0);
	return (int)(intptr_t)error;
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

static void *reads(void *unused)
{
	intptr_t error = pthread_rwlock_rdlock(&rwlock);
	reached++;
	(void)unused;
	return (void *)(error ? error : pthread_rwlock_unlock(&rwlock));
}

static void *writes(void *unused)
{
	intptr_t error = pthread_rwlock_wrlock(&rwlock);
	reached += 10;
	(void)unused;
	return (void *)(error ? error : pthread_rwlock_unlock(&rwlock));
}

static void *tries_to_read(void *unused)
{
	int error = pthread_rwlock_tryrdlock(&rwlock);
	(void)unused;
	return (void *)(intptr_t)(error ? error : pthread_rwlock_unlock(&rwlock));
}

static void *tries_to_write(void *unused)
{
	int error = pthread_rwlock_trywrlock(&rwlock);
	(void)unused;
	return (void *)(intptr_t)(error ? error : pthread_rwlock_unlock(&rwlock));
}

static int readers_share_and_writers_do_not(void)
{
	CHECK_EQUAL(pthread_rwlock_rdlock(&rwlock), 0);
	CHECK_EQUAL(elsewhere(reads, NULL), 0);
	CHECK_EQUAL(elsewhere(tries_to_read, NULL), 0);
	CHECK_EQUAL(elsewhere(tries_to_write, NULL), EBUSY);
	CHECK_EQUAL(pthread_rwlock_destroy(&rwlock), EBUSY);
	CHECK_EQUAL(pthread_rwlock_unlock(&rwlock), 0);
	CHECK_EQUAL(pthread_rwlock_wrlock(&rwlock), 0);
	CHECK_EQUAL(elsewhere(tries_to_read, NULL), EBUSY);
	CHECK_EQUAL(elsewhere(tries_to_write, NULL), EBUSY);
	CHECK_EQUAL(pthread_rwlock_wrlock(&rwlock), EDEADLK);
	CHECK_EQUAL(pthread_rwlock_rdlock(&rwlock), EDEADLK);
	CHECK_EQUAL(pthread_rwlock_tryrdlock(&rwlock), EBUSY);
	CHECK_EQUAL(pthread_rwlock_unlock(&rwlock), 0);
	CHECK_EQUAL(pthread_rwlock_unlock(&rwlock), EPERM);
	CHECK_EQUAL(pthread_rwlock_destroy(&rwlock), 0);
	return 0;
}

static int writers_go_before_new_readers(void)
{
	pthread_t writer, reader;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(pthread_rwlock_rdlock(&rwlock), 0);
	CHECK_EQUAL(thread_above(&writer, writes, NULL), 0);
	CHECK_EQUAL(thread_above(&reader, reads, NULL), 0);
	CHECK_EQUAL(reached, 0);
	/* Who reads already must not wait for a writer that waits for it. */
	CHECK_EQUAL(pthread_rwlock_rdlock(&rwlock), 0);
	CHECK_EQUAL(pthread_rwlock_unlock(&rwlock), 0);
	CHECK_EQUAL(pthread_rwlock_unlock(&rwlock), 0);
	CHECK_EQUAL(reached, 11);
	CHECK_EQUAL(pthread_join(writer, NULL), 0);
	CHECK_EQUAL(pthread_join(reader, NULL), 0);
	CHECK_EQUAL(pthread_rwlock_destroy(&rwlock), 0);
	return 0;
}

static void *reads_until(void *until)
{
	return (void *)(intptr_t)pthread_rwlock_timedrdlock(&rwlock, until);
}

static void *writes_until(void *until)
{
	return (void *)(intptr_t)pthread_rwlock_timedwrlock(&rwlock, until);
}

static int timed_read_write_locks_end_at_their_deadline(void)
{
	struct timespec until = moment(CLOCK_REALTIME, 20);
	CHECK_EQUAL(pthread_rwlock_timedwrlock(&rwlock, &past), 0);
	CHECK_EQUAL(elsewhere(reads_until, &until), ETIMEDOUT);
	CHECK(has_passed(CLOCK_REALTIME, &until));
	until = moment(CLOCK_REALTIME, 20);
	CHECK_EQUAL(elsewhere(writes_until, &until), ETIMEDOUT);
	CHECK(has_passed(CLOCK_REALTIME, &until));
	CHECK_EQUAL(elsewhere(writes_until, (void *)&past), ETIMEDOUT);
	CHECK_EQUAL(pthread_rwlock_unlock(&rwlock), 0);
	CHECK_EQUAL(pthread_rwlock_timedrdlock(&rwlock, &past), 0);
	CHECK_EQUAL(pthread_rwlock_unlock(&rwlock), 0);
	CHECK_EQUAL(pthread_rwlock_destroy(&rwlock), 0);
	return 0;
}

static int readers_go_on_when_a_writer_gives_up(void)
{
	struct timespec until = moment(CLOCK_REALTIME, 50);
	pthread_t writer, reader;
	void *error;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(pthread_rwlock_rdlock(&rwlock), 0);
	CHECK_EQUAL(thread_above(&writer, writes_until, &until), 0);
	CHECK_EQUAL(thread_above(&reader, reads, NULL), 0);
	CHECK_EQUAL(reached, 0);
	CHECK_EQUAL(pthread_join(reader, &error), 0);
	CHECK(!error && reached == 1);
	CHECK_EQUAL(pthread_join(writer, &error), 0);
	CHECK_EQUAL((intptr_t)error, ETIMEDOUT);
	CHECK_EQUAL(pthread_rwlock_unlock(&rwlock), 0);
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

static void does_nothing(int sig)
{
	(void)sig;
}

/* POSIX: these functions never return EINTR. */
static int a_handler_ends_no_wait_for_a_lock(void)
{
	struct sigaction act = { .sa_handler = does_nothing };
	pthread_t threads[3];
	void *error;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(sigaction(SIGUSR1, &act, NULL), 0);
	CHECK_EQUAL(pthread_mutex_lock(&mutex), 0);
	CHECK_EQUAL(pthread_rwlock_wrlock(&rwlock), 0);
	CHECK_EQUAL(thread_above(&threads[0], locks_and_unlocks, &mutex), 0);
	CHECK_EQUAL(thread_above(&threads[1], reads, NULL), 0);
	CHECK_EQUAL(thread_above(&threads[2], writes, NULL), 0);
	for (int i = 0; i < 3; i++)
		CHECK_EQUAL(pthread_kill(threads[i], SIGUSR1), 0);
	CHECK_EQUAL(reached, 0);
	CHECK_EQUAL(pthread_mutex_unlock(&mutex), 0);
	CHECK_EQUAL(pthread_rwlock_unlock(&rwlock), 0);
	for (int i = 0; i < 3; i++) {
		CHECK_EQUAL(pthread_join(threads[i], &error), 0);
		CHECK(!error);
	}
	CHECK_EQUAL(reached, 12);
	return 0;
}

TARGET_CASES(pthread_locks, CASE(a_held_mutex_makes_others_wait), CASE(trylock_of_a_held_mutex_is_busy),
	     CASE(a_recursive_mutex_counts), CASE(an_error_checking_mutex_checks), CASE(attributes_of_mutexes_are_checked),
	     CASE(a_timed_lock_ends_at_its_deadline), CASE(priority_is_inherited_along_a_chain),
	     CASE(without_inheritance_the_one_between_runs), CASE(a_signal_wakes_one_and_a_broadcast_all),
	     CASE(a_timed_wait_ends_at_its_deadline_by_either_clock), CASE(a_wait_without_the_mutex_is_refused),
	     CASE(readers_share_and_writers_do_not), CASE(writers_go_before_new_readers),
	     CASE(timed_read_write_locks_end_at_their_deadline), CASE(readers_go_on_when_a_writer_gives_up),
	     CASE(a_barrier_lets_all_go_when_the_last_has_come), CASE(who_waits_for_a_spin_lock_lets_its_holder_run),
	     CASE(a_handler_ends_no_wait_for_a_lock))
