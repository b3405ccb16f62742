/*
 * Sharing the processor: sched_yield, time slices of processes that never give it up themselves, policies and nice values; how much of it
 * they have used.
 */
#include "harness.h"
#include "helpers.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TURNS 200
#define RACE_MILLISECONDS 400

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

/* Appends the letter that it reads, again and again, and yields after each. */
static int takes_turns(void)
{
	int file = open("/tmp/turns", O_WRONLY | O_APPEND);
	char letter;

	if (file < 0 || read(TARGET_IN, &letter, 1) != 1)
		return 1;
	for (int i = 0; i < TURNS; i++)
		if (write(file, &letter, 1) != 1 || sched_yield() < 0)
			return 1;
	return 0;
}

/* Computes until the time that it reads, and tells how much of the processor it got. */
static int races(void)
{
	clock_t used;
	long end;

	if (read(TARGET_IN, &end, sizeof end) != sizeof end)
		return 1;
	while (milliseconds() < end)
		;
	used = clock();
	return write(TARGET_OUT, &used, sizeof used) != sizeof used;
}

static int yield_of_the_only_process_returns(void)
{
	for (int i = 0; i < 1000; i++)
		CHECK_EQUAL(sched_yield(), 0);
	return 0;
}

/* Two processes that yield after each letter write them in turn, but for the odd end of a slice. */
static int two_processes_that_yield_take_turns(void)
{
	static char letters[2 * TURNS + 1];
	int fds[2], changes = 0, file = open("/tmp/turns", O_RDWR | O_CREAT | O_TRUNC, 0600);
	pid_t pids[2];

	CHECK(file >= 0);
	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	for (int i = 0; i < 2; i++)
		CHECK((pids[i] = target_start("takes_turns", fds[0], -1)) > 0);
	for (int i = 0; i < 2; i++)
		CHECK(target_reaches_state(pids[i], 'S'));
	CHECK_EQUAL(write(fds[1], "ab", 2), 2);
	for (int i = 0; i < 2; i++)
		CHECK_EQUAL(target_wait(pids[i]), 0);
	CHECK_EQUAL(read(file, letters, sizeof letters), 2 * TURNS);
	for (int i = 1; i < 2 * TURNS; i++)
		changes += letters[i] != letters[i - 1];
	CHECK(changes >= 2 * TURNS * 3 / 4);
	CHECK_EQUAL(unlink("/tmp/turns"), 0);
	return 0;
}

/* Of two equals neither gets less than a quarter: the machine below may stand still now and then, at the cost of one. */
static int equal_processes_get_equal_time(void)
{
	clock_t used[2];
	long ends[2];
	int in[2], out[2];
	pid_t pids[2];

	CHECK_EQUAL(pipe2(in, O_CLOEXEC), 0);
	CHECK_EQUAL(pipe2(out, O_CLOEXEC), 0);
	for (int i = 0; i < 2; i++)
		CHECK((pids[i] = target_start("races", in[0], out[1])) > 0);
	for (int i = 0; i < 2; i++)
		CHECK(target_reaches_state(pids[i], 'S'));
	ends[0] = ends[1] = milliseconds() + RACE_MILLISECONDS;
	CHECK_EQUAL(write(in[1], ends, sizeof ends), sizeof ends);
	for (int i = 0; i < 2; i++)
		CHECK_EQUAL(read(out[0], &used[i], sizeof used[i]), sizeof used[i]);
	CHECK(used[0] > 0 && used[1] > 0);
	CHECK(used[0] >= (used[0] + used[1]) / 4 && used[1] >= (used[0] + used[1]) / 4);
	for (int i = 0; i < 2; i++)
		CHECK_EQUAL(target_wait(pids[i]), 0);
	return 0;
}

static int processes_that_never_sleep_do_not_stop_the_others(void)
{
	int in[2], out[2];
	pid_t spinners[3], echo;
	char byte;

	CHECK_EQUAL(pipe2(in, O_CLOEXEC), 0);
	CHECK_EQUAL(pipe2(out, O_CLOEXEC), 0);
	for (int i = 0; i < 3; i++)
		CHECK((spinners[i] = target_start("spins", -1, -1)) > 0);
	CHECK((echo = target_start("echoes", in[0], out[1])) > 0);
	for (int i = 0; i < 3; i++) {
		CHECK_EQUAL(write(in[1], "x", 1), 1);
		CHECK_EQUAL(read(out[0], &byte, 1), 1);
	}
	for (int i = 0; i < 3; i++)
		CHECK_EQUAL(WTERMSIG(target_end(spinners[i])), SIGKILL);
	close(in[1]);
	CHECK_EQUAL(target_wait(echo), 0);
	return 0;
}

static int set_policy(pid_t pid, int policy, int priority)
{
	struct sched_param parameters = { .sched_priority = priority };

	return sched_setscheduler(pid, policy, &parameters);
}

static int policies_and_priorities_are_as_set(void)
{
	struct sched_param parameters = { .sched_priority = 3 };
	struct timespec slice;

	CHECK_EQUAL(set_policy(0, SCHED_RR, sched_get_priority_max(SCHED_RR)), SCHED_OTHER);
	CHECK_EQUAL(sched_rr_get_interval(0, &slice), 0);
	CHECK_EQUAL(slice.tv_nsec, 10000000);
	CHECK_EQUAL(sched_setparam(0, &parameters), 0);
	parameters.sched_priority = 0;
	CHECK_EQUAL(sched_getparam(getpid(), &parameters), 0);
	CHECK_EQUAL(parameters.sched_priority, 3);
	CHECK_EQUAL(set_policy(0, SCHED_FIFO, sched_get_priority_min(SCHED_FIFO)), SCHED_RR);
	CHECK_EQUAL(sched_rr_get_interval(0, &slice), 0);
	CHECK_EQUAL(slice.tv_nsec, 0);
	CHECK_EQUAL(set_policy(0, SCHED_OTHER, sched_get_priority_max(SCHED_OTHER)), SCHED_FIFO);
	CHECK_EQUAL(sched_getscheduler(0), SCHED_OTHER);
	return 0;
}

static int nice_adds_up_within_its_range(void)
{
	CHECK_EQUAL(nice(3), 3);
	CHECK_EQUAL(nice(-5), -2);
	CHECK_EQUAL(getpriority(PRIO_PROCESS, 0), -2);
	CHECK_EQUAL(nice(2147483647), PRIO_MAX);
	CHECK_EQUAL(nice(-2147483647 - 1), PRIO_MIN);
	CHECK_EQUAL(setpriority(PRIO_PROCESS, 0, 100), 0);
	CHECK_EQUAL(getpriority(PRIO_PROCESS, 0), PRIO_MAX);
	return 0;
}

/* The nice one computes only when the caller sleeps, and gets nothing while it does not. */
static int nicer_process_waits_for_the_others(void)
{
	char letters[3] = "";
	int in[2], out[2];
	pid_t echo;

	CHECK_EQUAL(pipe2(in, O_CLOEXEC), 0);
	CHECK_EQUAL(pipe2(out, O_CLOEXEC), 0);
	CHECK((echo = target_start("echoes", in[0], out[1])) > 0);
	CHECK_EQUAL(setpriority(PRIO_PROCESS, (id_t)echo, 1), 0);
	CHECK_EQUAL(write(in[1], "b", 1), 1);
	for (long end = milliseconds() + 50; milliseconds() < end;)
		sched_yield();
	CHECK_EQUAL(write(out[1], "a", 1), 1);
	CHECK_EQUAL(read(out[0], letters, 1), 1);
	CHECK_EQUAL(read(out[0], letters + 1, 1), 1);
	CHECK_EQUAL(letters[0], 'a');
	CHECK_EQUAL(letters[1], 'b');
	close(in[1]);
	CHECK_EQUAL(target_wait(echo), 0);
	return 0;
}

static int times_and_getrusage_agree(void)
{
	struct rusage usage;
	struct tms before, after;
	clock_t start = times(&before);
	int status = target_spawn_case("yield_of_the_only_process_returns");

	CHECK_EQUAL(status, 0);
	CHECK_EQUAL(before.tms_cutime, 0);
	CHECK_EQUAL(getrusage(RUSAGE_CHILDREN, &usage), 0);
	CHECK(times(&after) - start >= after.tms_cutime);
	CHECK(after.tms_cutime > 0 && after.tms_utime > before.tms_utime);
	CHECK_EQUAL(after.tms_cutime / (CLOCKS_PER_SEC / 100),
		    ((clock_t)usage.ru_utime.tv_sec * 1000000 + (clock_t)usage.ru_utime.tv_usec) / 10000);
	return 0;
}

static int clocks_tell_their_resolution(void)
{
	struct timespec resolution = { .tv_sec = 1 };

	CHECK_EQUAL(clock_getres(CLOCK_MONOTONIC, &resolution), 0);
	CHECK_EQUAL(resolution.tv_sec, 0);
	CHECK(resolution.tv_nsec > 0 && resolution.tv_nsec < 1000000);
	CHECK_EQUAL(clock_getres(CLOCK_REALTIME, NULL), 0);
	return 0;
}

TARGET_CASES(sched, CASE(yield_of_the_only_process_returns), CASE(two_processes_that_yield_take_turns),
	     CASE(equal_processes_get_equal_time), CASE(processes_that_never_sleep_do_not_stop_the_others),
	     CASE(policies_and_priorities_are_as_set), CASE(nice_adds_up_within_its_range),
	     CASE(nicer_process_waits_for_the_others), CASE(times_and_getrusage_agree), CASE(clocks_tell_their_resolution),
	     HELPER(takes_turns), HELPER(races), HELPER(spins), HELPER(echoes))
