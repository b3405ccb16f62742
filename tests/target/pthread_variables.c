/* Thread-local variables: _Thread_local in C11, thread_local in C++, __thread in GNU C. */
#include "pthreading.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define THREADS 4

static int shared = 7;
static _Thread_local int counted = 41;
static _Thread_local int *pointed = &shared; /* relocated when the program is loaded */
static _Thread_local const char *named = "initial";
static _Thread_local char zeros[300];
static _Thread_local uint64_t wide = 0x1122334455667788;

static int all_are_as_at_the_start(void)
{
	CHECK_EQUAL(counted, 41);
	CHECK(pointed == &shared);
	CHECK(strcmp(named, "initial") == 0);
	CHECK(wide == 0x1122334455667788);
	for (unsigned i = 0; i < sizeof zeros; i++)
		CHECK_EQUAL(zeros[i], 0);
	return 0;
}

static void change_all(int by)
{
	counted += by;
	pointed = NULL;
	named = "changed";
	wide = 0;
	memset(zeros, by, sizeof zeros);
}

static int the_first_thread_has_the_initial_values(void)
{
	return all_are_as_at_the_start();
}

static void *looks_and_changes(void *number)
{
	intptr_t failed = all_are_as_at_the_start();
	change_all((int)(intptr_t)number);
	return (void *)failed;
}

static int every_thread_begins_with_the_initial_values(void)
{
	change_all(1);
	for (intptr_t i = 1; i <= THREADS; i++) { /* one after the other: in the memory of the one before */
		void *failed;
		pthread_t thread;
		CHECK_EQUAL(pthread_create(&thread, NULL, looks_and_changes, (void *)i), 0);
		CHECK_EQUAL(pthread_join(thread, &failed), 0);
		CHECK_EQUAL((intptr_t)failed, 0);
	}
	CHECK_EQUAL(counted, 42);
	return 0;
}

static pthread_barrier_t all_have_written;

static void *writes_and_reads(void *number)
{
	memset(zeros, (int)(intptr_t)number, sizeof zeros);
	counted = (int)(intptr_t)number;
	pthread_barrier_wait(&all_have_written);
	for (unsigned i = 0; i < sizeof zeros; i++)
		if (zeros[i] != (char)(intptr_t)number)
			return NULL;
	return (void *)(intptr_t)(counted == (int)(intptr_t)number);
}

static int no_thread_sees_another_ones(void)
{
	pthread_t threads[THREADS];
	pthread_barrier_init(&all_have_written, NULL, THREADS + 1);
	for (intptr_t i = 0; i < THREADS; i++)
		CHECK_EQUAL(pthread_create(&threads[i], NULL, writes_and_reads, (void *)(i + 1)), 0);
	pthread_barrier_wait(&all_have_written);
	for (int i = 0; i < THREADS; i++) {
		void *kept;
		CHECK_EQUAL(pthread_join(threads[i], &kept), 0);
		CHECK_EQUAL((intptr_t)kept, 1);
	}
	return all_are_as_at_the_start();
}

static int *volatile of_thread;

static void *shows_its_own(void *barrier)
{
	of_thread = &counted;
	pthread_barrier_wait(barrier);
	pthread_barrier_wait(barrier);
	return (void *)(intptr_t)counted;
}

static int a_pointer_to_one_reaches_the_thread_it_is_of(void)
{
	void *result;
	pthread_t thread;
	pthread_barrier_init(&all_have_written, NULL, 2);
	CHECK_EQUAL(pthread_create(&thread, NULL, shows_its_own, &all_have_written), 0);
	pthread_barrier_wait(&all_have_written);
	CHECK(of_thread != &counted);
	*of_thread = 99;
	pthread_barrier_wait(&all_have_written);
	CHECK_EQUAL(pthread_join(thread, &result), 0);
	CHECK_EQUAL((intptr_t)result, 99);
	CHECK_EQUAL(counted, 41);
	return 0;
}

static int a_child_of_vfork_has_its_parents(void)
{
	pid_t pid = vfork();
	if (pid == 0) {
		counted++;
		_exit(counted == 42 ? 0 : 1);
	}
	CHECK(pid > 0);
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(counted, 42);
	return 0;
}

static int begins_anew(void)
{
	return all_are_as_at_the_start();
}

static int another_program_begins_with_the_initial_values(void)
{
	change_all(1);
	pid_t pid = target_start("begins_anew", -1, -1);
	CHECK(pid > 0);
	CHECK_EQUAL(target_wait(pid), 0);
	return 0;
}

TARGET_CASES(pthread_variables, CASE(the_first_thread_has_the_initial_values), CASE(every_thread_begins_with_the_initial_values),
	     CASE(no_thread_sees_another_ones), CASE(a_pointer_to_one_reaches_the_thread_it_is_of),
	     CASE(a_child_of_vfork_has_its_parents), CASE(another_program_begins_with_the_initial_values), HELPER(begins_anew))
