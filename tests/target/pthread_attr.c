/*
 * Attributes of threads: their defaults, what is refused, the stack and the priority that a thread gets.
 */
#include "pthreading.h"

#include <limits.h>
#include <semaphore.h>
#include <stdint.h>

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

TARGET_CASES(pthread_attr, CASE(default_attributes_are_posixs), CASE(attributes_that_are_none_are_refused),
	     CASE(a_thread_runs_on_the_stack_it_is_given), CASE(a_thread_runs_with_the_priority_it_is_given),
	     CASE(a_policy_that_is_none_makes_no_thread))
