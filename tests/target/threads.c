/*
 * Threads of a process by system calls alone: creation and its limits, priorities, cancellation, accounting.
 */
#include "harness.h"
#include "threading.h"

#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static struct thread one, two, three;

static uintptr_t thread_pointer(void)
{
	uintptr_t tp;

	__asm__("mv %0, tp" : "=r"(tp));
	return tp;
}

static int tells_itself(struct thread *self)
{
	long id = call(thread_self, 0, 0, 0, 0);

	call(sched_yield, 0, 0, 0, 0);
	return thread_pointer() == (uintptr_t)self && call(getpid, 0, 0, 0, 0) == self->argument ? (int)id : -2;
}

static int a_thread_runs_and_ends(void)
{
	one.argument = getpid();
	CHECK_EQUAL(call(thread_self, 0, 0, 0, 0), 1);
	CHECK_EQUAL(thread_start(&one, tells_itself), 2);
	CHECK_EQUAL(thread_join(&one), 2);
	CHECK_EQUAL(call(thread_self, 0, 0, 0, 0), 1);
	return 0;
}

static int ids_are_the_lowest_that_are_free(void)
{
	CHECK_EQUAL(thread_start(&one, waits_at_the_gate), 2);
	CHECK_EQUAL(thread_start(&two, waits_at_the_gate), 3);
	gate = 1;
	CHECK_EQUAL(call(futex_wake, &gate, 5, 0, 0) <= 2, 1);
	CHECK_EQUAL(thread_join(&one), 7);
	gate = 0;
	CHECK_EQUAL(thread_join(&two), 7);
	CHECK_EQUAL(thread_start(&three, waits_at_the_gate), 2);
	open_gate();
	CHECK_EQUAL(thread_join(&three), 7);
	return 0;
}

static long create(uintptr_t sp, int policy, int priority)
{
	const struct abi_thread spec = {(uintptr_t)thread_main, 0, sp, 0, policy, priority};

	return call(thread_create, &spec, 0, 0, 0);
}

static int wrong_stacks_and_priorities_are_refused(void)
{
	uintptr_t sp = (uintptr_t)one.stack + STACK;

	CHECK_EQUAL(create(sp + 8, -1, 0), -EINVAL);
	CHECK_EQUAL(create(sp, 7, 0), -EINVAL);
	CHECK_EQUAL(create(sp, SCHED_FIFO, 0), -EINVAL);
	CHECK_EQUAL(create(sp, SCHED_FIFO, 12), -EINVAL);
	CHECK_EQUAL(create(sp, SCHED_OTHER, 1), -EINVAL);
	CHECK_EQUAL(create(0, -1, 0), -EFAULT);
	CHECK_EQUAL(create((uintptr_t)sbrk(0) + 16, -1, 0), -EFAULT);
	CHECK_EQUAL(create((uintptr_t)thread_main & ~(uintptr_t)15, -1, 0), -EFAULT);
	CHECK_EQUAL(call(thread_self, 0, 0, 0, 0), 1);
	return 0;
}

static int there_is_a_limit(void)
{
	void *block = calloc(34, sizeof(struct thread));
	struct thread *all = (struct thread *)(((uintptr_t)block + 15) & ~(uintptr_t)15);
	int made = 0;
	long id = 0;

	CHECK(block != NULL);
	while (made < 33 && (id = thread_start(&all[made], waits_at_the_gate)) > 0)
		made++;
	CHECK_EQUAL(made, 31);
	CHECK_EQUAL(id, -EAGAIN);
	gate = 1;
	yield_often();
	call(futex_wake, &gate, 100, 0, 0);
	for (int i = 0; i < made; i++)
		CHECK_EQUAL(thread_join(&all[i]), 7);
	free(block);
	return 0;
}

static int creation_without_memory_changes_nothing(void)
{
	int fd = open("/proc/memfail", O_WRONLY), failed = 0;
	char digit[2] = "1";

	CHECK(fd >= 0);
	for (; digit[0] <= '9'; digit[0]++) {
		gate = 0;
		CHECK_EQUAL(write(fd, digit, 1), 1);
		long id = thread_start(&one, waits_at_the_gate);
		CHECK_EQUAL(write(fd, "0", 1), 1);
		if (id > 0) {
			open_gate();
			CHECK_EQUAL(thread_join(&one), 7);
			break;
		}
		CHECK_EQUAL(id, -ENOMEM);
		failed++;
	}
	CHECK(failed >= 3);
	close(fd);
	return 0;
}

static int priorities_are_read_and_set(void)
{
	int wanted[2] = {SCHED_RR, 5}, old[2] = {9, 9};

	CHECK(thread_start(&one, waits_at_the_gate) > 0);
	CHECK_EQUAL(call(thread_sched, one.id, 0, old, 0), 0);
	CHECK_EQUAL(old[0], SCHED_OTHER);
	CHECK_EQUAL(old[1], 0);
	CHECK_EQUAL(call(thread_sched, one.id, wanted, old, 0), 0);
	CHECK_EQUAL(old[0], SCHED_OTHER);
	CHECK_EQUAL(call(thread_sched, one.id, 0, old, 0), 0);
	CHECK_EQUAL(old[0], SCHED_RR);
	CHECK_EQUAL(old[1], 5);
	CHECK_EQUAL(call(thread_sched, 0, 0, old, 0), 0);
	CHECK_EQUAL(old[0], SCHED_OTHER);
	wanted[1] = 99;
	CHECK_EQUAL(call(thread_sched, one.id, wanted, 0, 0), -EINVAL);
	CHECK_EQUAL(call(thread_sched, 99, 0, 0, 0), -ESRCH);
	open_gate();
	CHECK_EQUAL(thread_join(&one), 7);
	CHECK_EQUAL(call(thread_sched, 2, 0, 0, 0), -ESRCH);
	return 0;
}

static int threads_of_one_priority_share_the_processor(void)
{
	CHECK(thread_start(&one, spins) > 0);
	CHECK(thread_start(&two, spins) > 0);
	one.argument = two.argument = 0;
	for (volatile int *a = &one.argument, *b = &two.argument; *a < 1000 || *b < 1000;)
		; /* a slice ends here, too */
	gate = 1;
	thread_join(&one), thread_join(&two);
	return 0;
}

static volatile int about_to_sleep;
static volatile long ended_with;

static int sleeps_in_nanosleep(struct thread *self)
{
	struct timespec span = {1000, 0};

	post(&about_to_sleep);
	ended_with = call(nanosleep, &span, 0, 0, 0);
	if (self->argument)
		call(nanosleep, &span, 0, 0, 0);
	return 3;
}

static int cancellation_ends_a_sleep_or_the_next(void)
{
	struct timespec soon = {0, 1000000};

	CHECK(thread_start(&one, sleeps_in_nanosleep) > 0);
	take(&about_to_sleep);
	CHECK_EQUAL(call(thread_cancel, one.id, 0, 0, 0), 0);
	CHECK_EQUAL(thread_join(&one), 3);
	CHECK_EQUAL(ended_with, -EINTR);
	CHECK_EQUAL(call(thread_cancel, 99, 0, 0, 0), -ESRCH);

	CHECK_EQUAL(call(thread_cancel, 0, 0, 0, 0), 0);
	CHECK_EQUAL(call(getppid, 0, 0, 0, 0) > 0, 1); /* no sleep */
	CHECK_EQUAL(call(nanosleep, &soon, 0, 0, 0), -EINTR);
	CHECK_EQUAL(call(nanosleep, &soon, 0, 0, 0), 0); /* once */
	return 0;
}

static int all_threads_are_counted(void)
{
	struct rusage before, after;
	struct timespec own;

	CHECK_EQUAL(status_line("Threads:"), 1);
	CHECK(thread_start(&one, spins) > 0);
	CHECK(thread_start(&two, waits_at_the_gate) > 0);
	CHECK_EQUAL(status_line("Threads:"), 3);
	CHECK_EQUAL(getrusage(RUSAGE_SELF, &before), 0);
	do {
		sched_yield();
		CHECK_EQUAL(getrusage(RUSAGE_SELF, &after), 0);
	} while (after.ru_utime.tv_sec == before.ru_utime.tv_sec && after.ru_utime.tv_usec - before.ru_utime.tv_usec < 30000);
	CHECK_EQUAL(call(clock_gettime, ABI_CLOCK_THREAD_CPUTIME_ID, &own, 0, 0), 0);
	CHECK(own.tv_sec == 0);
	open_gate();
	thread_join(&one), thread_join(&two);
	CHECK_EQUAL(status_line("Threads:"), 1);
	CHECK_EQUAL(getrusage(RUSAGE_SELF, &before), 0); /* those that ended count on */
	CHECK(before.ru_utime.tv_sec > after.ru_utime.tv_sec || before.ru_utime.tv_usec >= after.ru_utime.tv_usec);
	return 0;
}

static int a_file_that_another_thread_closes_lives_as_long_as_it_is_read(void)
{
	CHECK_EQUAL(pipe(fds), 0);
	CHECK(thread_start(&one, reads_a_byte) > 0);
	yield_often();
	CHECK_EQUAL(close(fds[0]), 0);
	CHECK_EQUAL(write(fds[1], "x", 1), 1); /* the reader is there still: no EPIPE */
	CHECK_EQUAL(thread_join(&one), 1);
	close(fds[1]);
	return 0;
}

TARGET_CASES(threads, CASE(a_thread_runs_and_ends), CASE(ids_are_the_lowest_that_are_free),
	     CASE(wrong_stacks_and_priorities_are_refused), CASE(there_is_a_limit),
	     CASE(creation_without_memory_changes_nothing), CASE(priorities_are_read_and_set),
	     CASE(threads_of_one_priority_share_the_processor), CASE(cancellation_ends_a_sleep_or_the_next),
	     CASE(all_threads_are_counted), CASE(a_file_that_another_thread_closes_lives_as_long_as_it_is_read))
