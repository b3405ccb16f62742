/* Row 15: in a program of threads only the caller is lent and sleeps; the others run on, and the child has one thread. */
#include "suite.h"

#include <pthread.h>
#include <stdint.h>

#define THREADS 3
#define ROUNDS 20

static int to_thread[2], from_thread[2];

/* Answers each letter with the pid of the process that it belongs to. */
static void *answers(void *unused)
{
	while (suite_receive(to_thread[0]) == 'p') {
		pid_t self = getpid();

		write(from_thread[1], &self, sizeof self);
	}
	return unused;
}

static int start_answering(pthread_t *thread)
{
	if (suite_pipe(to_thread) < 0 || suite_pipe(from_thread) < 0)
		return -1;
	return pthread_create(thread, NULL, answers, NULL) == 0 ? 0 : -1;
}

IN_CHILD pid_t ask_thread(void)
{
	pid_t answer = -1;

	suite_send(to_thread[1], 'p');
	return read(from_thread[0], &answer, sizeof answer) == sizeof answer ? answer : -1;
}

static volatile pid_t answer = -1;
static volatile int rounds;

IN_CHILD void ask_often(void)
{
	for (int i = 0; i < ROUNDS; i++) {
		answer = ask_thread();
		rounds += answer == getppid();
	}
}

static int other_threads_run_during_the_loan(void)
{
	pthread_t thread;
	pid_t pid;

	CHECK_EQUAL(start_answering(&thread), 0);
	pid = vfork();
	if (pid == 0) {
		ask_often();
		_exit(0);
	}
	CHECK_EQUAL(rounds, ROUNDS);
	CHECK_EQUAL(answer, getpid());
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(suite_send(to_thread[1], 'e'), 1);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	return 0;
}

static int other_threads_outlive_the_childs_exec_and_end(void)
{
	pthread_t thread;
	pid_t pid;

	CHECK_EQUAL(start_answering(&thread), 0);
	pid = vfork();
	if (pid == 0) {
		suite_exec("does_nothing");
		_exit(127);
	}
	CHECK_EQUAL(ask_thread(), getpid());
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(ask_thread(), getpid());
	CHECK_EQUAL(suite_send(to_thread[1], 'e'), 1);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	return 0;
}

static int does_nothing(void)
{
	return 0;
}

/* Lends again and again; null when each loan went as it should. */
static void *lends_often(void *argument)
{
	int number = (int)(intptr_t)argument;

	for (int i = 0; i < ROUNDS; i++) {
		volatile int mark = 0;
		pid_t pid = vfork();

		if (pid == 0) {
			mark = number;
			_exit(number);
		}
		if (mark != number || suite_end(pid) != number)
			return (void *)&to_thread;
	}
	return NULL;
}

static int each_thread_may_lend(void)
{
	pthread_t threads[THREADS];
	void *result;

	for (intptr_t i = 0; i < THREADS; i++)
		CHECK_EQUAL(pthread_create(&threads[i], NULL, lends_often, (void *)(i + 1)), 0);
	for (int i = 0; i < THREADS; i++) {
		CHECK_EQUAL(pthread_join(threads[i], &result), 0);
		CHECK(!result);
	}
	return 0;
}

static volatile pid_t lent_by_thread;

static void *lends_until_told(void *unused)
{
	pid_t pid = vfork();

	if (pid == 0) {
		suite_send(from_thread[1], 'c');
		suite_receive(to_thread[0]);
		_exit(0);
	}
	lent_by_thread = pid;
	return unused;
}

static int a_thread_that_lends_holds_up_no_other(void)
{
	pthread_t thread;

	CHECK_EQUAL(suite_pipe(to_thread), 0);
	CHECK_EQUAL(suite_pipe(from_thread), 0);
	CHECK_EQUAL(pthread_create(&thread, NULL, lends_until_told, NULL), 0);
	CHECK_EQUAL(suite_receive(from_thread[0]), 'c');
	CHECK_EQUAL(lent_by_thread, 0);
	CHECK_EQUAL(suite_send(to_thread[1], 'g'), 1);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	CHECK_EQUAL(suite_end(lent_by_thread), 0);
	return 0;
}

SUITE(row15_threads, CASE(other_threads_run_during_the_loan, BY_LINUX | BY_BSD | BY_SUBLET),
	CASE(other_threads_outlive_the_childs_exec_and_end, BY_ALL_MANUALS),
	CASE(each_thread_may_lend, BY_LINUX | BY_BSD | BY_SUBLET),
	CASE(a_thread_that_lends_holds_up_no_other, BY_LINUX | BY_BSD | BY_SUBLET), HELPER(does_nothing))
