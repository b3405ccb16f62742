/* Threads: their beginning and end, attributes, values of their own, and what a process of many is. */
#include "pthreading.h"

#include <limits.h>
#include <malloc.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void *returns_its_argument(void *argument)
{
	return argument;
}

static void *exits_with_its_argument(void *argument)
{
	pthread_exit(argument);
}

static void *waits_for(void *semaphore)
{
	sem_wait(semaphore);
	return NULL;
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

static int default_attributes_are_posixs(void)
{
	pthread_attr_t attributes;
	struct sched_param parameters;
	size_t size;
	int value;
	CHECK_EQUAL(pthread_attr_init(&attributes), 0);
	CHECK_EQUAL(pthread_attr_getdetachstate(&attributes, &value), 0);
	CHECK_EQUAL(value, PTHREAD_CREATE_JOINABLE);
	CHECK_EQUAL(pthread_attr_getscope(&attributes, &value), 0);
	CHECK_EQUAL(value, PTHREAD_SCOPE_SYSTEM);
	CHECK_EQUAL(pthread_attr_getinheritsched(&attributes, &value), 0);
	CHECK_EQUAL(value, PTHREAD_INHERIT_SCHED);
	CHECK_EQUAL(pthread_attr_getschedpolicy(&attributes, &value), 0);
	CHECK_EQUAL(value, SCHED_OTHER);
	CHECK_EQUAL(pthread_attr_getschedparam(&attributes, &parameters), 0);
	CHECK_EQUAL(parameters.sched_priority, 0);
	CHECK_EQUAL(pthread_attr_getstacksize(&attributes, &size), 0);
	CHECK(size >= PTHREAD_STACK_MIN);
	CHECK_EQUAL(pthread_attr_getguardsize(&attributes, &size), 0);
	CHECK_EQUAL(size, 0);
	CHECK_EQUAL(pthread_attr_destroy(&attributes), 0);
	return 0;
}

static int attributes_that_are_none_are_refused(void)
{
	static _Alignas(16) char stack[2 * PTHREAD_STACK_MIN];
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	CHECK_EQUAL(pthread_attr_setdetachstate(&attributes, 7), EINVAL);
	CHECK_EQUAL(pthread_attr_setscope(&attributes, PTHREAD_SCOPE_PROCESS), ENOTSUP);
	CHECK_EQUAL(pthread_attr_setscope(&attributes, 7), EINVAL);
	CHECK_EQUAL(pthread_attr_setinheritsched(&attributes, 7), EINVAL);
	CHECK_EQUAL(pthread_attr_setschedpolicy(&attributes, 7), EINVAL);
	CHECK_EQUAL(pthread_attr_setstacksize(&attributes, PTHREAD_STACK_MIN - 1), EINVAL);
	CHECK_EQUAL(pthread_attr_setstacksize(&attributes, SIZE_MAX), EINVAL);
	CHECK_EQUAL(pthread_attr_setstack(&attributes, stack + 1, PTHREAD_STACK_MIN), EINVAL);
	CHECK_EQUAL(pthread_attr_setstack(&attributes, stack, PTHREAD_STACK_MIN - 16), EINVAL);
	CHECK_EQUAL(pthread_attr_setstack(&attributes, NULL, PTHREAD_STACK_MIN), EINVAL);
	return 0;
}

static void *address_of_a_local(void *unused)
{
	char *volatile local = (char *)&unused;
	return local;
}

static int a_thread_runs_on_the_stack_it_is_given(void)
{
	static _Alignas(16) char stack[4096];
	pthread_attr_t attributes;
	pthread_t thread;
	void *base, *local;
	size_t size;
	pthread_attr_init(&attributes);
	CHECK_EQUAL(pthread_attr_setstack(&attributes, stack, sizeof(stack)), 0);
	CHECK_EQUAL(pthread_attr_getstack(&attributes, &base, &size), 0);
	CHECK(base == stack && size == sizeof(stack));
	CHECK_EQUAL(pthread_create(&thread, &attributes, address_of_a_local, NULL), 0);
	CHECK_EQUAL(pthread_join(thread, &local), 0);
	CHECK((char *)local >= stack && (char *)local < stack + sizeof(stack));
	return 0;
}

static int a_thread_runs_with_the_priority_it_is_given(void)
{
	sem_t go;
	pthread_t thread;
	struct sched_param parameters;
	int policy;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(sem_init(&go, 0, 0), 0);
	CHECK_EQUAL(thread_ranked(&thread, 7, waits_for, &go), 0);
	CHECK_EQUAL(pthread_getschedparam(thread, &policy, &parameters), 0);
	CHECK_EQUAL(policy, SCHED_FIFO);
	CHECK_EQUAL(parameters.sched_priority, 7);
	CHECK_EQUAL(pthread_setschedprio(thread, 8), 0);
	CHECK_EQUAL(pthread_getschedparam(thread, &policy, &parameters), 0);
	CHECK_EQUAL(policy, SCHED_FIFO);
	CHECK_EQUAL(parameters.sched_priority, 8);
	CHECK_EQUAL(pthread_setschedprio(thread, 99), EINVAL);
	CHECK_EQUAL(pthread_getschedparam(pthread_self(), &policy, &parameters), 0);
	CHECK_EQUAL(parameters.sched_priority, RANK_CASE);
	CHECK_EQUAL(sem_post(&go), 0);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	return 0;
}

static int a_policy_that_is_none_makes_no_thread(void)
{
	const struct sched_param parameters = { .sched_priority = 99 };
	pthread_attr_t attributes;
	pthread_t thread;
	pthread_attr_init(&attributes);
	pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
	pthread_attr_setschedparam(&attributes, &parameters);
	CHECK_EQUAL(pthread_create(&thread, &attributes, returns_its_argument, NULL), EINVAL);
	return 0;
}

static void *sets_errno(void *value)
{
	errno = (int)(intptr_t)value;
	sched_yield();
	return (void *)(intptr_t)(errno == (int)(intptr_t)value);
}

static int each_thread_has_its_own_errno(void)
{
	pthread_t threads[3];
	void *same;
	errno = 99;
	for (intptr_t i = 0; i < 3; i++)
		CHECK_EQUAL(pthread_create(&threads[i], NULL, sets_errno, (void *)(i + 1)), 0);
	for (int i = 0; i < 3; i++) {
		CHECK_EQUAL(pthread_join(threads[i], &same), 0);
		CHECK(same);
	}
	CHECK_EQUAL(errno, 99);
	return 0;
}

static void *tokens(void *text)
{
	intptr_t count = 0;
	for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
		count++;
		sched_yield();
	}
	return (void *)count;
}

static int each_thread_has_its_own_place_in_strtok(void)
{
	char texts[2][16] = { "a b c d", "e f" };
	pthread_t threads[2];
	void *counts[2];
	for (int i = 0; i < 2; i++)
		CHECK_EQUAL(pthread_create(&threads[i], NULL, tokens, texts[i]), 0);
	for (int i = 0; i < 2; i++)
		CHECK_EQUAL(pthread_join(threads[i], &counts[i]), 0);
	CHECK_EQUAL((intptr_t)counts[0], 4);
	CHECK_EQUAL((intptr_t)counts[1], 2);
	return 0;
}

static void *prints(void *unused)
{
	return printf("one stream ") > 0 ? unused : NULL;
}

static int threads_share_the_streams(void)
{
	int fds[2];
	char text[32] = "";
	pthread_t thread;
	void *result;
	CHECK_EQUAL(pipe(fds), 0);
	int kept = dup(1);
	CHECK_EQUAL(dup2(fds[1], 1), 1);
	CHECK_EQUAL(pthread_create(&thread, NULL, prints, fds), 0);
	CHECK_EQUAL(pthread_join(thread, &result), 0);
	printf("for all");
	fflush(stdout);
	dup2(kept, 1);
	CHECK(result == fds);
	CHECK_EQUAL(read(fds[0], text, sizeof(text) - 1), 18);
	CHECK(strcmp(text, "one stream for all") == 0);
	close(kept);
	return 0;
}

static pthread_key_t key;
static int destroyed, again;

static void counts_as_destroyed(void *value)
{
	destroyed += (int)(intptr_t)value;
	if (again-- > 0)
		pthread_setspecific(key, value);
}

static void *sets_the_value(void *value)
{
	if (pthread_getspecific(key) || pthread_setspecific(key, value) != 0)
		return NULL;
	return pthread_getspecific(key);
}

static int each_thread_has_its_own_value_of_a_key(void)
{
	pthread_t thread;
	void *result;
	CHECK_EQUAL(pthread_key_create(&key, counts_as_destroyed), 0);
	CHECK_EQUAL(pthread_setspecific(key, &thread), 0);
	CHECK_EQUAL(pthread_create(&thread, NULL, sets_the_value, (void *)5), 0);
	CHECK_EQUAL(pthread_join(thread, &result), 0);
	CHECK_EQUAL((intptr_t)result, 5);
	CHECK_EQUAL(destroyed, 5);
	CHECK(pthread_getspecific(key) == &thread);
	CHECK_EQUAL(pthread_key_delete(key), 0);
	return 0;
}

static int destructors_run_again_for_what_they_leave(void)
{
	pthread_t thread;
	CHECK_EQUAL(pthread_key_create(&key, counts_as_destroyed), 0);
	again = 2;
	CHECK_EQUAL(pthread_create(&thread, NULL, sets_the_value, (void *)1), 0);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	CHECK_EQUAL(destroyed, 3);
	again = 1000;
	destroyed = 0;
	CHECK_EQUAL(pthread_create(&thread, NULL, sets_the_value, (void *)1), 0);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	CHECK_EQUAL(destroyed, PTHREAD_DESTRUCTOR_ITERATIONS);
	return 0;
}

static int a_key_that_is_deleted_has_no_value(void)
{
	pthread_key_t other;
	CHECK_EQUAL(pthread_key_create(&key, NULL), 0);
	CHECK_EQUAL(pthread_setspecific(key, &key), 0);
	CHECK_EQUAL(pthread_key_delete(key), 0);
	CHECK_EQUAL(pthread_key_delete(key), EINVAL);
	CHECK_EQUAL(pthread_setspecific(key, &key), EINVAL);
	CHECK_EQUAL(pthread_key_create(&other, NULL), 0);
	CHECK(pthread_getspecific(other) == NULL);
	return 0;
}

static int there_are_as_many_keys_as_promised(void)
{
	static pthread_key_t keys[PTHREAD_KEYS_MAX];
	for (int i = 0; i < PTHREAD_KEYS_MAX; i++)
		CHECK_EQUAL(pthread_key_create(&keys[i], NULL), 0);
	CHECK_EQUAL(pthread_key_create(&key, NULL), EAGAIN);
	CHECK_EQUAL(pthread_setspecific(keys[PTHREAD_KEYS_MAX - 1], &key), 0);
	CHECK(pthread_getspecific(keys[PTHREAD_KEYS_MAX - 1]) == &key);
	CHECK(pthread_getspecific(keys[0]) == NULL);
	CHECK_EQUAL(pthread_key_delete(keys[3]), 0);
	CHECK_EQUAL(pthread_key_create(&key, NULL), 0);
	return 0;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int initialised;

static void initialises(void)
{
	sched_yield();
	initialised++;
}

static void *calls_once(void *unused)
{
	(void)unused;
	pthread_once(&once, initialises);
	return (void *)(intptr_t)initialised;
}

static int once_runs_once_and_others_wait_for_it(void)
{
	pthread_t threads[4];
	void *seen_by;
	for (int i = 0; i < 4; i++)
		CHECK_EQUAL(pthread_create(&threads[i], NULL, calls_once, NULL), 0);
	for (int i = 0; i < 4; i++) {
		CHECK_EQUAL(pthread_join(threads[i], &seen_by), 0);
		CHECK_EQUAL((intptr_t)seen_by, 1);
	}
	return 0;
}

static char order[4];

static void notes(void *letter)
{
	order[strlen(order)] = *(const char *)letter;
}

static void *exits_with_handlers(void *unused)
{
	pthread_cleanup_push(notes, (void *)"a");
	pthread_cleanup_push(notes, (void *)"b");
	pthread_cleanup_push(notes, (void *)"x");
	pthread_cleanup_pop(0);
	pthread_exit(unused);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return unused;
}

static int cleanup_handlers_run_last_pushed_first(void)
{
	pthread_t thread;
	CHECK_EQUAL(pthread_create(&thread, NULL, exits_with_handlers, NULL), 0);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	CHECK(strcmp(order, "ba") == 0);
	pthread_cleanup_push(notes, (void *)"c");
	pthread_cleanup_pop(1);
	CHECK(strcmp(order, "bac") == 0);
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
	     CASE(detached_threads_leave_nothing), CASE(default_attributes_are_posixs),
	     CASE(attributes_that_are_none_are_refused), CASE(a_thread_runs_on_the_stack_it_is_given),
	     CASE(a_thread_runs_with_the_priority_it_is_given), CASE(a_policy_that_is_none_makes_no_thread),
	     CASE(each_thread_has_its_own_errno), CASE(each_thread_has_its_own_place_in_strtok), CASE(threads_share_the_streams),
	     CASE(each_thread_has_its_own_value_of_a_key), CASE(destructors_run_again_for_what_they_leave),
	     CASE(a_key_that_is_deleted_has_no_value), CASE(there_are_as_many_keys_as_promised),
	     CASE(once_runs_once_and_others_wait_for_it), CASE(cleanup_handlers_run_last_pushed_first),
	     CASE(the_first_thread_can_end_and_be_joined), CASE(the_end_of_the_last_thread_is_exit), CASE(exit_ends_all_threads),
	     CASE(threads_without_end_give_eagain), CASE(system_and_popen_work_beside_threads), CASE(options_and_limits_are_told),
	     HELPER(main_thread_ends_before_another), HELPER(last_thread_ends), HELPER(another_thread_exits))
