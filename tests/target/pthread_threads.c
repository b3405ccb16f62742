/*
 * Threads: their beginning, joining and end, and what a process of many is.
 */
#include "pthreading.h"

#include <limits.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void *exits_with_its_argument(void *argument)
{
	pthread_exit(argument);
}

static int join_gives_what_the_thread_returned(void)
{
	pthread_t thread;
	void *result;
	CHECK_EQUAL(pthread_create(&thread, NULL, returns_its_argument, &thread), 0);
	CHECK_EQUAL(pthread_join(thread, &result), 0);
	CHECK(result == &thread);
	CHECK_EQUAL(pthread_create(&thread, NULL, exits_with_its_argument, &result), 0);
	CHECK_EQUAL(pthread_join(thread, &result), 0);
	CHECK(result == &result);
	return 0;
}

static pthread_t seen;

static void *remembers_itself(void *unused)
{
	seen = pthread_self();
	return unused;
}

static int self_is_what_create_gave(void)
{
	pthread_t thread;
	CHECK_EQUAL(pthread_create(&thread, NULL, remembers_itself, NULL), 0);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	CHECK(pthread_equal(thread, seen));
	CHECK(!pthread_equal(thread, pthread_self()));
	return 0;
}

static int join_of_oneself_is_a_deadlock(void)
{
	CHECK_EQUAL(pthread_join(pthread_self(), NULL), EDEADLK);
	return 0;
}

static int a_detached_thread_cannot_be_joined(void)
{
	sem_t go;
	pthread_t thread;
	CHECK_EQUAL(sem_init(&go, 0, 0), 0);
	CHECK_EQUAL(pthread_create(&thread, NULL, waits_for, &go), 0);
	CHECK_EQUAL(pthread_detach(thread), 0);
	CHECK_EQUAL(pthread_detach(thread), EINVAL);
	CHECK_EQUAL(pthread_join(thread, NULL), EINVAL);
	CHECK_EQUAL(sem_post(&go), 0);
	return 0;
}

static void *joins(void *thread)
{
	return (void *)(intptr_t)pthread_join(*(pthread_t *)thread, NULL);
}

static int a_thread_is_joined_by_one_alone(void)
{
	sem_t go;
	pthread_t thread, joiner;
	void *error;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(sem_init(&go, 0, 0), 0);
	CHECK_EQUAL(thread_above(&thread, waits_for, &go), 0);
	CHECK_EQUAL(thread_above(&joiner, joins, &thread), 0);
	CHECK_EQUAL(pthread_join(thread, NULL), EINVAL);
	CHECK_EQUAL(pthread_detach(thread), EINVAL);
	CHECK_EQUAL(sem_post(&go), 0);
	CHECK_EQUAL(pthread_join(joiner, &error), 0);
	CHECK(!error);
	return 0;
}

/* The end of the heap after that many threads, one after the other; NULL when one failed. */
static void *heap_after_threads(int count, int detached)
{
	pthread_t thread;

	for (int i = 0; i < count; i++) {
		if (pthread_create(&thread, NULL, returns_its_argument, NULL) != 0)
			return NULL;
		if ((detached ? pthread_detach(thread) : pthread_join(thread, NULL)) != 0)
			return NULL;
		sched_yield();
	}
	return sbrk(0);
}

static int joined_threads_leave_nothing(void)
{
	void *after_some = heap_after_threads(8, 0);
	CHECK(after_some);
	CHECK(heap_after_threads(200, 0) == after_some);
	return 0;
}

static int detached_threads_leave_nothing(void)
{
	void *after_some = heap_after_threads(8, 1);
	CHECK(after_some);
	CHECK(heap_after_threads(200, 1) == after_some);
	return 0;
}

static pthread_t first;

static void *joins_the_first_thread(void *unused)
{
	void *result;
	int error = pthread_join(first, &result);
	_exit(error == 0 && result == &first && !unused ? 33 : 1);
}

static int main_thread_ends_before_another(void)
{
	pthread_t thread;
	first = pthread_self();
	CHECK_EQUAL(pthread_create(&thread, NULL, joins_the_first_thread, NULL), 0);
	pthread_exit(&first);
}

static int the_first_thread_can_end_and_be_joined(void)
{
	int status = target_spawn_case("main_thread_ends_before_another");
	CHECK(WIFEXITED(status));
	CHECK_EQUAL(WEXITSTATUS(status), 33);
	return 0;
}

static void says_goodbye(void)
{
	_exit(44);
}

static int last_thread_ends(void)
{
	pthread_t thread;
	atexit(says_goodbye);
	CHECK_EQUAL(pthread_create(&thread, NULL, returns_its_argument, NULL), 0);
	pthread_exit(NULL);
}

static int the_end_of_the_last_thread_is_exit(void)
{
	int status = target_spawn_case("last_thread_ends");
	CHECK(WIFEXITED(status));
	CHECK_EQUAL(WEXITSTATUS(status), 44);
	return 0;
}

static void *exits_the_process(void *unused)
{
	exit(55);
	return unused;
}

static int another_thread_exits(void)
{
	pthread_t thread;
	CHECK_EQUAL(pthread_create(&thread, NULL, exits_the_process, NULL), 0);
	for (;;)
		pause();
}

static int exit_ends_all_threads(void)
{
	int status = target_spawn_case("another_thread_exits");
	CHECK(WIFEXITED(status));
	CHECK_EQUAL(WEXITSTATUS(status), 55);
	return 0;
}

static int threads_without_end_give_eagain(void)
{
	static pthread_t threads[256];
	sem_t go;
	int count = 0, error;
	CHECK_EQUAL(sem_init(&go, 0, 0), 0);
	while (count < 256 && (error = pthread_create(&threads[count], NULL, waits_for, &go)) == 0)
		count++;
	CHECK(count > 8);
	CHECK_EQUAL(error, EAGAIN);
	for (int i = 0; i < count; i++)
		CHECK_EQUAL(sem_post(&go), 0);
	for (int i = 0; i < count; i++)
		CHECK_EQUAL(pthread_join(threads[i], NULL), 0);
	return 0;
}

static int system_and_popen_work_beside_threads(void)
{
	sem_t go;
	pthread_t thread;
	char line[16] = "";
	CHECK_EQUAL(sem_init(&go, 0, 0), 0);
	CHECK_EQUAL(pthread_create(&thread, NULL, waits_for, &go), 0);
	CHECK_EQUAL(WEXITSTATUS(system("exit 7")), 7);
	FILE *stream = popen("echo here", "r");
	CHECK(stream);
	CHECK(fgets(line, sizeof(line), stream));
	CHECK(strcmp(line, "here\n") == 0);
	CHECK_EQUAL(pclose(stream), 0);
	CHECK_EQUAL(sem_post(&go), 0);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	return 0;
}

static int options_and_limits_are_told(void)
{
	CHECK_EQUAL(sysconf(_SC_THREADS), 200809L);
	CHECK_EQUAL(sysconf(_SC_SEMAPHORES), 200809L);
	CHECK_EQUAL(sysconf(_SC_THREAD_KEYS_MAX), PTHREAD_KEYS_MAX);
	CHECK_EQUAL(sysconf(_SC_THREAD_STACK_MIN), PTHREAD_STACK_MIN);
	CHECK_EQUAL(sysconf(_SC_THREAD_DESTRUCTOR_ITERATIONS), PTHREAD_DESTRUCTOR_ITERATIONS);
	CHECK_EQUAL(sysconf(_SC_SEM_VALUE_MAX), SEM_VALUE_MAX);
	CHECK_EQUAL(sysconf(_SC_THREAD_PROCESS_SHARED), -1);
	CHECK_EQUAL(pthread_atfork(NULL, NULL, NULL), 0);
	CHECK_EQUAL(pthread_setconcurrency(3), 0);
	CHECK_EQUAL(pthread_getconcurrency(), 3);
	return 0;
}

TARGET_CASES(pthread_threads, CASE(join_gives_what_the_thread_returned), CASE(self_is_what_create_gave),
	     CASE(join_of_oneself_is_a_deadlock), CASE(a_detached_thread_cannot_be_joined),
	     CASE(a_thread_is_joined_by_one_alone), CASE(joined_threads_leave_nothing),
	     CASE(detached_threads_leave_nothing), CASE(the_first_thread_can_end_and_be_joined),
	     CASE(the_end_of_the_last_thread_is_exit), CASE(exit_ends_all_threads),
	     CASE(threads_without_end_give_eagain), CASE(system_and_popen_work_beside_threads),
	     CASE(options_and_limits_are_told), HELPER(main_thread_ends_before_another), HELPER(last_thread_ends),
	     HELPER(another_thread_exits))
