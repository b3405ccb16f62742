/*
 * What each thread has of its own (errno, keys, cleanup handlers), and what is done once for all.
 */
#include "pthreading.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

TARGET_CASES(pthread_specific, CASE(each_thread_has_its_own_errno), CASE(each_thread_has_its_own_place_in_strtok),
	     CASE(threads_share_the_streams), CASE(each_thread_has_its_own_value_of_a_key),
	     CASE(destructors_run_again_for_what_they_leave), CASE(a_key_that_is_deleted_has_no_value),
	     CASE(there_are_as_many_keys_as_promised), CASE(once_runs_once_and_others_wait_for_it),
	     CASE(cleanup_handlers_run_last_pushed_first))
