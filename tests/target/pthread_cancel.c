/* Cancellation: at each kind of blocking call, on the way into one that does not block, and where it must wait. */
#include "pthreading.h"

#include <fcntl.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int fds[2];
static volatile int reached, cleaned;
static sem_t go;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void cleans(void *unused)
{
	(void)unused;
	cleaned++;
}

static void reads(void)
{
	char c;
	read(fds[0], &c, 1);
}

static void writes(void)
{
	static char full[8192];
	/* What was written before the interruption is reported; the next call ends the thread. */
	for (;;)
		write(fds[1], full, sizeof(full));
}

static void opens_nothing(void)
{
	char c;
	FILE *stream = fdopen(fds[0], "r");
	/* stdio holds its lock: it is cancelled behind the call. */
	fread(&c, 1, 1, stream);
	pthread_testcancel();
}

static void sleeps(void)
{
	sleep(1000);
}

static void pauses(void)
{
	pause();
}

static void waits_for_a_signal(void)
{
	sigset_t set;
	int sig;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigwait(&set, &sig);
}

static void waits_for_a_child(void)
{
	wait(NULL);
}

static void waits_for_a_semaphore(void)
{
	sem_wait(&go);
}

static void waits_for_a_semaphore_for_a_while(void)
{
	const struct timespec until = moment(CLOCK_REALTIME, 1000000);
	sem_timedwait(&go, &until);
}

static void waits_for_a_condition(void)
{
	pthread_mutex_lock(&mutex);
	for (;;)
		pthread_cond_wait(&cond, &mutex);
}

static void unlocks(void *unused)
{
	(void)unused;
	pthread_mutex_unlock(&mutex);
}

static void *joined_by(void *unused)
{
	sem_wait(&go);
	return unused;
}

static pthread_t to_be_joined;

static void waits_for_a_thread(void)
{
	pthread_join(to_be_joined, NULL);
}

static void *blocks(void *call)
{
	pthread_cleanup_push(cleans, NULL);
	((void (*)(void))call)();
	pthread_cleanup_pop(0);
	reached++;
	return NULL;
}

static void *blocks_with_the_mutex(void *call)
{
	pthread_cleanup_push(unlocks, NULL);
	blocks(call);
	pthread_cleanup_pop(0);
	return NULL;
}

/* A thread that sleeps in `call` is cancelled: it ends there, and what it had pushed runs. */
static int is_cancelled(void *(*routine)(void *), void (*call)(void))
{
	pthread_t thread;
	void *result;
	cleaned = 0;
	CHECK_EQUAL(thread_above(&thread, routine, (void *)call), 0);
	CHECK_EQUAL(pthread_cancel(thread), 0);
	CHECK_EQUAL(pthread_join(thread, &result), 0);
	CHECK(result == PTHREAD_CANCELED);
	CHECK_EQUAL(cleaned, 1);
	CHECK_EQUAL(reached, 0);
	return 0;
}

static int prepare(void)
{
	return threads_rank() == 0 && pipe(fds) == 0 && sem_init(&go, 0, 0) == 0 ? 0 : -1;
}

static int each_blocking_call_is_a_cancellation_point(void)
{
	CHECK_EQUAL(prepare(), 0);
	CHECK_EQUAL(is_cancelled(blocks, reads), 0);
	CHECK_EQUAL(is_cancelled(blocks, writes), 0);
	CHECK_EQUAL(is_cancelled(blocks, sleeps), 0);
	CHECK_EQUAL(is_cancelled(blocks, pauses), 0);
	CHECK_EQUAL(is_cancelled(blocks, waits_for_a_signal), 0);
	CHECK_EQUAL(is_cancelled(blocks, waits_for_a_semaphore), 0);
	CHECK_EQUAL(is_cancelled(blocks, waits_for_a_semaphore_for_a_while), 0);
	return 0;
}

static int who_waits_for_a_child_can_be_cancelled(void)
{
	CHECK_EQUAL(prepare(), 0);
	pid_t pid = target_start("reads_for_ever", -1, -1);
	CHECK(pid > 0);
	CHECK_EQUAL(is_cancelled(blocks, waits_for_a_child), 0);
	CHECK_EQUAL(WTERMSIG(target_end(pid)), SIGKILL);
	return 0;
}

static int reads_for_ever(void)
{
	while (pause() < 0)
		;
	return 1;
}

static sem_t *named;

static void waits_for_the_named(void)
{
	sem_wait(named);
}

static int a_named_semaphore_is_a_cancellation_point(void)
{
	CHECK_EQUAL(prepare(), 0);
	named = sem_open("/cancelled", O_CREAT, 0600, 0u);
	CHECK(named != SEM_FAILED);
	CHECK_EQUAL(is_cancelled(blocks, waits_for_the_named), 0);
	CHECK_EQUAL(sem_unlink("/cancelled"), 0);
	return 0;
}

static int a_semaphore_is_as_it_was_before_the_wait(void)
{
	int value;
	CHECK_EQUAL(prepare(), 0);
	CHECK_EQUAL(is_cancelled(blocks, waits_for_a_semaphore), 0);
	CHECK_EQUAL(sem_post(&go), 0);
	CHECK_EQUAL(sem_getvalue(&go, &value), 0);
	CHECK_EQUAL(value, 1);
	CHECK_EQUAL(sem_trywait(&go), 0);
	CHECK_EQUAL(sem_destroy(&go), 0);
	return 0;
}

static int handlers_of_a_wait_for_a_condition_hold_the_mutex(void)
{
	CHECK_EQUAL(prepare(), 0);
	CHECK_EQUAL(is_cancelled(blocks_with_the_mutex, waits_for_a_condition), 0);
	CHECK_EQUAL(pthread_mutex_trylock(&mutex), 0);
	CHECK_EQUAL(pthread_mutex_unlock(&mutex), 0);
	return 0;
}

static int a_cancelled_join_leaves_the_thread_to_be_joined(void)
{
	CHECK_EQUAL(prepare(), 0);
	CHECK_EQUAL(thread_above(&to_be_joined, joined_by, &go), 0);
	CHECK_EQUAL(is_cancelled(blocks, waits_for_a_thread), 0);
	CHECK_EQUAL(sem_post(&go), 0);
	CHECK_EQUAL(pthread_join(to_be_joined, NULL), 0);
	return 0;
}

static int a_stream_is_unlocked_before_the_thread_ends(void)
{
	CHECK_EQUAL(prepare(), 0);
	CHECK_EQUAL(thread_above(&to_be_joined, blocks, (void *)opens_nothing), 0);
	CHECK_EQUAL(pthread_cancel(to_be_joined), 0);
	CHECK_EQUAL(write(fds[1], "x", 1), 1);
	void *result;
	CHECK_EQUAL(pthread_join(to_be_joined, &result), 0);
	CHECK(result == PTHREAD_CANCELED);
	CHECK_EQUAL(fflush(NULL), 0);
	return 0;
}

static void *waits_with_cancellation_off(void *call)
{
	int old;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
	((void (*)(void))call)();
	reached = old == PTHREAD_CANCEL_ENABLE;
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
	pthread_testcancel();
	reached = -1;
	return NULL;
}

static int cancellation_waits_while_it_is_off(void)
{
	pthread_t thread;
	void *result;
	CHECK_EQUAL(prepare(), 0);
	CHECK_EQUAL(thread_above(&thread, waits_with_cancellation_off, (void *)waits_for_a_semaphore), 0);
	CHECK_EQUAL(pthread_cancel(thread), 0);
	CHECK_EQUAL(reached, 0);
	CHECK_EQUAL(sem_post(&go), 0);
	CHECK_EQUAL(pthread_join(thread, &result), 0);
	CHECK(result == PTHREAD_CANCELED);
	CHECK_EQUAL(reached, 1);
	return 0;
}

static void *waits_for_the_mutex(void *unused)
{
	(void)unused;
	reached = pthread_mutex_lock(&mutex) == 0;
	pthread_mutex_unlock(&mutex);
	pthread_testcancel();
	reached = -1;
	return NULL;
}

static int a_mutex_is_no_cancellation_point(void)
{
	pthread_t thread;
	void *result;
	CHECK_EQUAL(prepare(), 0);
	CHECK_EQUAL(pthread_mutex_lock(&mutex), 0);
	CHECK_EQUAL(thread_above(&thread, waits_for_the_mutex, NULL), 0);
	CHECK_EQUAL(pthread_cancel(thread), 0);
	CHECK_EQUAL(reached, 0);
	CHECK_EQUAL(pthread_mutex_unlock(&mutex), 0);
	CHECK_EQUAL(pthread_join(thread, &result), 0);
	CHECK(result == PTHREAD_CANCELED);
	CHECK_EQUAL(reached, 1);
	return 0;
}

static void *writes_without_end(void *unused)
{
	int fd = open("/dev/null", O_WRONLY);
	reached = 1;
	for (;;)
		write(fd, "x", 1);
	return unused;
}

static int a_call_that_does_not_block_is_a_cancellation_point(void)
{
	pthread_t thread;
	void *result;
	CHECK_EQUAL(pthread_create(&thread, NULL, writes_without_end, NULL), 0);
	while (!reached)
		sched_yield();
	CHECK_EQUAL(pthread_cancel(thread), 0);
	CHECK_EQUAL(pthread_join(thread, &result), 0);
	CHECK(result == PTHREAD_CANCELED);
	return 0;
}

static void *cancels_itself(void *unused)
{
	pthread_cancel(pthread_self());
	reached = 1;
	pthread_testcancel();
	reached = 2;
	return unused;
}

static int a_thread_can_cancel_itself(void)
{
	pthread_t thread;
	void *result;
	CHECK_EQUAL(pthread_create(&thread, NULL, cancels_itself, NULL), 0);
	CHECK_EQUAL(pthread_join(thread, &result), 0);
	CHECK(result == PTHREAD_CANCELED);
	CHECK_EQUAL(reached, 1);
	return 0;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void is_cancelled_the_first_time(void)
{
	if (reached++ == 0)
		pthread_cancel(pthread_self());
	pthread_testcancel();
}

static void *runs_once(void *unused)
{
	pthread_once(&once, is_cancelled_the_first_time);
	return unused;
}

static int what_once_was_cancelled_in_is_run_again(void)
{
	pthread_t thread;
	CHECK_EQUAL(pthread_create(&thread, NULL, runs_once, NULL), 0);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	runs_once(NULL);
	runs_once(NULL);
	CHECK_EQUAL(reached, 2);
	return 0;
}

static void *spawns_while_cancelled(void *unused)
{
	pthread_cancel(pthread_self());
	/* Its child runs on this thread's memory and must not act in its place. */
	reached = pclose(popen("exit 5", "r"));
	pthread_testcancel();
	return unused;
}

static int a_child_on_loan_is_not_cancelled_in_its_parents_place(void)
{
	pthread_t thread;
	void *result;
	CHECK_EQUAL(pthread_create(&thread, NULL, spawns_while_cancelled, NULL), 0);
	CHECK_EQUAL(pthread_join(thread, &result), 0);
	CHECK(result == PTHREAD_CANCELED);
	CHECK_EQUAL(WEXITSTATUS(reached), 5);
	return 0;
}

static int states_and_types_are_checked(void)
{
	int old;
	CHECK_EQUAL(pthread_setcancelstate(9, &old), EINVAL);
	CHECK_EQUAL(pthread_setcanceltype(9, &old), EINVAL);
	CHECK_EQUAL(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old), ENOTSUP);
	CHECK_EQUAL(pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &old), 0);
	CHECK_EQUAL(old, PTHREAD_CANCEL_DEFERRED);
	CHECK_EQUAL(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old), 0);
	CHECK_EQUAL(old, PTHREAD_CANCEL_ENABLE);
	return 0;
}

TARGET_CASES(pthread_cancel, CASE(each_blocking_call_is_a_cancellation_point), CASE(who_waits_for_a_child_can_be_cancelled),
	     CASE(a_named_semaphore_is_a_cancellation_point), CASE(a_semaphore_is_as_it_was_before_the_wait),
	     CASE(handlers_of_a_wait_for_a_condition_hold_the_mutex), CASE(a_cancelled_join_leaves_the_thread_to_be_joined),
	     CASE(a_stream_is_unlocked_before_the_thread_ends), CASE(cancellation_waits_while_it_is_off),
	     CASE(a_mutex_is_no_cancellation_point), CASE(a_call_that_does_not_block_is_a_cancellation_point),
	     CASE(a_thread_can_cancel_itself), CASE(what_once_was_cancelled_in_is_run_again),
	     CASE(a_child_on_loan_is_not_cancelled_in_its_parents_place), CASE(states_and_types_are_checked),
	     HELPER(reads_for_ever))
