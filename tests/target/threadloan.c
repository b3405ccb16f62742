/*
 * Threads that lend, and threads that wait for children.
 */
#include "harness.h"
#include "threading.h"

#include <sys/wait.h>
#include <unistd.h>

static struct thread one, two, three;

static volatile int beats;

static int beats_on(struct thread *self)
{
	(void)self;
	while (!gate) {
		struct timespec span = {0, 1000000};

		beats++;
		call(nanosleep, &span, 0, 0, 0);
	}
	return 0;
}

static int only_the_calling_thread_lends(void)
{
	volatile int seen = 0;

	CHECK(thread_start(&one, beats_on) > 0);
	pid_t pid = vfork();
	if (pid == 0) {
		int before = beats;

		while (beats < before + 5)
			usleep(1000);
		seen = (status_line("Threads:") == 1) | (call(thread_self, 0, 0, 0, 0) == 1) << 1 | (thread_start(&two, waits_at_the_gate) == -EPERM) << 2;
		_exit(0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(seen, 7);
	gate = 1;
	thread_join(&one);
	return 0;
}

static int lends(struct thread *self)
{
	pid_t pid = vfork();
	if (pid == 0) {
		if (self->argument)
			target_exec("exits_with_6");
		struct timespec span = {0, 5000000};

		call(nanosleep, &span, 0, 0, 0);
		_exit(self->id);
	}
	return (int)pid;
}

static int exits_with_6(void)
{
	return 6;
}

static int several_threads_lend_at_once(void)
{
	two.argument = 1;
	CHECK(thread_start(&one, lends) > 0);
	CHECK(thread_start(&two, lends) > 0);
	CHECK(thread_start(&three, lends) > 0);
	pid_t pid[3] = {thread_join(&one), thread_join(&two), thread_join(&three)};
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid[0])), 2);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid[1])), 6);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid[2])), 4);
	return 0;
}

static int waits_for_its_own(struct thread *self)
{
	int status = 0;
	pid_t pid = self->argument;

	return call(wait4, pid, &status, 0, 0) == pid ? status >> 8 : -1;
}

/* Both are woken by the end of either, and only one is meant. */
static int each_thread_waits_for_its_own_child(void)
{
	static const char *const helpers[] = {"exits_with_6", "only_thread_ends"};
	struct thread *waiters[] = {&one, &two};

	for (int i = 0; i < 2; i++) {
		waiters[i]->argument = target_start(helpers[i], -1, -1);
		CHECK(waiters[i]->argument > 0);
	}
	for (int i = 0; i < 2; i++)
		CHECK(thread_start(waiters[1 - i], waits_for_its_own) > 0);
	CHECK_EQUAL(thread_join(&one), 6);
	CHECK_EQUAL(thread_join(&two), 0);
	return 0;
}

TARGET_CASES(threadloan, CASE(only_the_calling_thread_lends), CASE(several_threads_lend_at_once),
	     CASE(each_thread_waits_for_its_own_child), HELPER(only_thread_ends), HELPER(exits_with_6))
