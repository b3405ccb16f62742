/*
 * Read-write locks: who shares, who goes first, deadlines; and handlers, which end no wait for a lock.
 */
#include "locking.h"

#include <signal.h>
#include <stdint.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;

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

TARGET_CASES(pthread_rwlock, CASE(readers_share_and_writers_do_not), CASE(writers_go_before_new_readers),
	     CASE(timed_read_write_locks_end_at_their_deadline), CASE(readers_go_on_when_a_writer_gives_up),
	     CASE(a_handler_ends_no_wait_for_a_lock))
