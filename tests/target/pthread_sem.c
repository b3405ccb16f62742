/* Semaphores, without a name and with one. */
#include "locking.h"

#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME "/counted"

static sem_t sem;

static void *waits(void *semaphore)
{
	intptr_t error = sem_wait(semaphore) < 0 ? errno : 0;
	reached++;
	return (void *)error;
}

/* The rules that both kinds have. The semaphore is at 2. */
static int counts_down_and_up(sem_t *counted)
{
	int value;
	CHECK_EQUAL(sem_getvalue(counted, &value), 0);
	CHECK_EQUAL(value, 2);
	CHECK_EQUAL(sem_wait(counted), 0);
	CHECK_EQUAL(sem_trywait(counted), 0);
	CHECK_EQUAL(sem_trywait(counted), -1);
	CHECK_EQUAL(errno, EAGAIN);
	CHECK_EQUAL(sem_post(counted), 0);
	CHECK_EQUAL(sem_timedwait(counted, &past), 0);
	CHECK_EQUAL(sem_getvalue(counted, &value), 0);
	CHECK_EQUAL(value, 0);
	return 0;
}

static int times_out(sem_t *counted)
{
	static const struct timespec none = { .tv_nsec = 1000000000 };
	static const clockid_t clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC };
	for (int i = 0; i < 2; i++) {
		const struct timespec until = moment(clocks[i], 20);
		CHECK_EQUAL(sem_clockwait(counted, clocks[i], &until), -1);
		CHECK_EQUAL(errno, ETIMEDOUT);
		CHECK(has_passed(clocks[i], &until));
	}
	CHECK_EQUAL(sem_timedwait(counted, &past), -1);
	CHECK_EQUAL(errno, ETIMEDOUT);
	CHECK_EQUAL(sem_timedwait(counted, &none), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(sem_clockwait(counted, CLOCK_PROCESS_CPUTIME_ID, &past), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int each_post_lets_one_go(sem_t *counted)
{
	pthread_t threads[3];
	void *error;
	reached = 0;
	CHECK_EQUAL(threads_rank(), 0);
	for (int i = 0; i < 3; i++)
		CHECK_EQUAL(thread_above(&threads[i], waits, counted), 0);
	CHECK_EQUAL(reached, 0);
	for (int i = 0; i < 3; i++) {
		CHECK_EQUAL(sem_post(counted), 0);
		CHECK_EQUAL(reached, i + 1);
	}
	for (int i = 0; i < 3; i++) {
		CHECK_EQUAL(pthread_join(threads[i], &error), 0);
		CHECK(!error);
	}
	CHECK_EQUAL(sem_trywait(counted), -1);
	return 0;
}

static int a_handler_interrupts_a_wait(sem_t *counted)
{
	struct sigaction act = { .sa_handler = does_nothing };
	pthread_t thread;
	void *error;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(sigaction(SIGUSR1, &act, NULL), 0);
	CHECK_EQUAL(thread_above(&thread, waits, counted), 0);
	CHECK_EQUAL(pthread_kill(thread, SIGUSR1), 0);
	CHECK_EQUAL(pthread_join(thread, &error), 0);
	CHECK_EQUAL((intptr_t)error, EINTR);
	CHECK_EQUAL(sem_post(counted), 0);
	CHECK_EQUAL(sem_trywait(counted), 0);
	return 0;
}

static int a_semaphore_counts(void)
{
	CHECK_EQUAL(sem_init(&sem, 0, 2), 0);
	return counts_down_and_up(&sem);
}

static int a_timed_wait_ends_at_its_deadline(void)
{
	CHECK_EQUAL(sem_init(&sem, 0, 0), 0);
	return times_out(&sem);
}

static int a_post_lets_one_go(void)
{
	CHECK_EQUAL(sem_init(&sem, 0, 0), 0);
	return each_post_lets_one_go(&sem);
}

static int a_handler_ends_a_wait(void)
{
	CHECK_EQUAL(sem_init(&sem, 0, 0), 0);
	return a_handler_interrupts_a_wait(&sem);
}

static int values_beyond_the_limit_are_refused(void)
{
	CHECK_EQUAL(sem_init(&sem, 0, (unsigned)SEM_VALUE_MAX + 1), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(sem_init(&sem, 1, 0), -1);
	CHECK_EQUAL(errno, ENOSYS);
	CHECK_EQUAL(sem_init(&sem, 0, SEM_VALUE_MAX), 0);
	CHECK_EQUAL(sem_post(&sem), -1);
	CHECK_EQUAL(errno, EOVERFLOW);
	CHECK_EQUAL(sem_destroy(&sem), 0);
	return 0;
}

static void posts(int sig)
{
	(void)sig;
	sem_post(&sem);
}

static int a_handler_may_post(void)
{
	struct sigaction act = { .sa_handler = posts };
	CHECK_EQUAL(sem_init(&sem, 0, 0), 0);
	CHECK_EQUAL(sigaction(SIGUSR1, &act, NULL), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK_EQUAL(sem_wait(&sem), 0);
	return 0;
}

static int one_that_is_waited_for_cannot_be_destroyed(void)
{
	pthread_t thread;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(sem_init(&sem, 0, 0), 0);
	CHECK_EQUAL(thread_above(&thread, waits, &sem), 0);
	CHECK_EQUAL(sem_destroy(&sem), -1);
	CHECK_EQUAL(errno, EBUSY);
	CHECK_EQUAL(sem_post(&sem), 0);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	CHECK_EQUAL(sem_destroy(&sem), 0);
	return 0;
}

static sem_t *open_new(unsigned value)
{
	sem_unlink(NAME);
	return sem_open(NAME, O_CREAT | O_EXCL, 0600, value);
}

/* Runs a rule on a semaphore with a name. */
static int with_a_name(unsigned value, int (*rule)(sem_t *))
{
	sem_t *named = open_new(value);
	CHECK(named != SEM_FAILED);
	int result = rule(named);
	CHECK_EQUAL(sem_unlink(NAME), 0);
	CHECK_EQUAL(sem_close(named), 0);
	return result;
}

static int a_named_one_counts(void)
{
	return with_a_name(2, counts_down_and_up);
}

static int a_timed_wait_for_a_named_one_ends_at_its_deadline(void)
{
	return with_a_name(0, times_out);
}

static int a_post_of_a_named_one_lets_one_go(void)
{
	return with_a_name(0, each_post_lets_one_go);
}

static int a_handler_ends_a_wait_for_a_named_one(void)
{
	return with_a_name(0, a_handler_interrupts_a_wait);
}

static int the_same_name_is_the_same_semaphore(void)
{
	sem_t *first = open_new(1), *second = sem_open(NAME, 0);
	CHECK(first != SEM_FAILED && second == first);
	CHECK(sem_open(NAME, O_CREAT | O_EXCL, 0600, 0u) == SEM_FAILED);
	CHECK_EQUAL(errno, EEXIST);
	CHECK_EQUAL(sem_close(second), 0);
	CHECK_EQUAL(sem_wait(first), 0);
	CHECK_EQUAL(sem_unlink(NAME), 0);
	sem_t *other = sem_open(NAME, O_CREAT, 0600, 1u);
	CHECK(other != SEM_FAILED && other != first);
	CHECK_EQUAL(sem_trywait(first), -1);
	CHECK_EQUAL(sem_trywait(other), 0);
	CHECK_EQUAL(sem_close(first), 0);
	CHECK_EQUAL(sem_close(other), 0);
	CHECK_EQUAL(sem_unlink(NAME), 0);
	return 0;
}

static int names_that_are_none_are_refused(void)
{
	static char long_name[PATH_MAX + 2];
	memset(long_name, 'a', sizeof(long_name) - 1);
	long_name[0] = '/';
	CHECK(sem_open("/there-is-none", 0) == SEM_FAILED);
	CHECK_EQUAL(errno, ENOENT);
	CHECK(sem_open(long_name, O_CREAT, 0600, 0u) == SEM_FAILED);
	CHECK_EQUAL(errno, ENAMETOOLONG);
	CHECK(sem_open(NAME, O_CREAT, 0600, (unsigned)SEM_VALUE_MAX + 1) == SEM_FAILED);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(sem_unlink("/there-is-none"), -1);
	CHECK_EQUAL(errno, ENOENT);
	CHECK_EQUAL(sem_init(&sem, 0, 0), 0);
	CHECK_EQUAL(sem_close(&sem), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int posts_from_another_program(void)
{
	sem_t *named = sem_open(NAME, 0);
	return named == SEM_FAILED || sem_post(named) != 0;
}

static int a_named_one_joins_two_programs(void)
{
	sem_t *named = open_new(0);
	CHECK(named != SEM_FAILED);
	pid_t pid = target_start("posts_from_another_program", -1, -1);
	CHECK(pid > 0);
	CHECK_EQUAL(sem_wait(named), 0);
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(sem_close(named), 0);
	CHECK_EQUAL(sem_unlink(NAME), 0);
	return 0;
}

TARGET_CASES(pthread_sem, CASE(a_semaphore_counts), CASE(a_timed_wait_ends_at_its_deadline), CASE(a_post_lets_one_go),
	     CASE(a_handler_ends_a_wait), CASE(values_beyond_the_limit_are_refused), CASE(a_handler_may_post),
	     CASE(one_that_is_waited_for_cannot_be_destroyed), CASE(a_named_one_counts),
	     CASE(a_timed_wait_for_a_named_one_ends_at_its_deadline), CASE(a_post_of_a_named_one_lets_one_go),
	     CASE(a_handler_ends_a_wait_for_a_named_one), CASE(the_same_name_is_the_same_semaphore),
	     CASE(names_that_are_none_are_refused), CASE(a_named_one_joins_two_programs), HELPER(posts_from_another_program))
