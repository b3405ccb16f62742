/*
 * Clocks and sleeping.
 */
#include "harness.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NS 1000000000ll
#define MILLION 1000000ll

static int64_t now_ns(clockid_t clock)
{
	struct timespec now = {0};

	return clock_gettime(clock, &now) == 0 ? (int64_t)now.tv_sec * NS + now.tv_nsec : -1;
}

static int sleep_ns(int64_t ns)
{
	return nanosleep(&(struct timespec){.tv_sec = (time_t)(ns / NS), .tv_nsec = (long)(ns % NS)}, NULL);
}

static int set_realtime(int64_t ns)
{
	return clock_settime(CLOCK_REALTIME, &(struct timespec){.tv_sec = (time_t)(ns / NS), .tv_nsec = (long)(ns % NS)});
}

/* Sleeps as many hundredths of a second as the byte that it reads, and says so. */
static int sleeps_and_tells(void)
{
	unsigned char hundredths;

	if (read(TARGET_IN, &hundredths, 1) != 1 || sleep_ns(hundredths * 10 * MILLION) < 0)
		return 1;
	return write(TARGET_OUT, &hundredths, 1) != 1;
}

static int sleeps_300_milliseconds(void)
{
	return sleep_ns(300 * MILLION) != 0;
}

static int a_sleep_is_never_too_short(void)
{
	static const int64_t spans[] = {0, 1, 999, 1000, 12345, 100000, MILLION, 7 * MILLION + 1, 30 * MILLION};

	for (unsigned i = 0; i < sizeof spans / sizeof spans[0]; i++)
		for (int n = 0; n < 5; n++) {
			int64_t start = now_ns(CLOCK_MONOTONIC);

			CHECK_EQUAL(sleep_ns(spans[i]), 0);
			CHECK(now_ns(CLOCK_MONOTONIC) - start >= spans[i]);
		}
	return 0;
}

static int spans_that_are_none_give_einval(void)
{
	static const struct timespec bad[] = {{0, -1}, {0, 1000000000}, {-1, 0}};

	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		CHECK_EQUAL(nanosleep(&bad[i], NULL), -1);
		CHECK_EQUAL(errno, EINVAL);
		CHECK_EQUAL(clock_settime(CLOCK_REALTIME, &bad[i]), -1);
		CHECK_EQUAL(errno, EINVAL);
	}
	return 0;
}

static int sleepers_wake_in_the_order_of_their_times(void)
{
	static const unsigned char spans[] = {60, 10, 35};
	unsigned char told[3];
	int in[2], out[2];
	pid_t pids[3];

	CHECK_EQUAL(pipe2(in, O_CLOEXEC), 0);
	CHECK_EQUAL(pipe2(out, O_CLOEXEC), 0);
	for (int i = 0; i < 3; i++)
		CHECK((pids[i] = target_start("sleeps_and_tells", in[0], out[1])) > 0);
	for (int i = 0; i < 3; i++)
		CHECK(target_reaches_state(pids[i], 'S'));
	CHECK_EQUAL(write(in[1], spans, 3), 3);
	for (int i = 0; i < 3; i++)
		CHECK_EQUAL(read(out[0], &told[i], 1), 1);
	CHECK_EQUAL(told[0], 10);
	CHECK_EQUAL(told[1], 35);
	CHECK_EQUAL(told[2], 60);
	for (int i = 0; i < 3; i++)
		CHECK_EQUAL(target_wait(pids[i]), 0);
	return 0;
}

static int a_sleeper_uses_no_processor_time(void)
{
	struct rusage usage = {0};
	int status;
	pid_t pid = target_start("sleeps_300_milliseconds", -1, -1);

	CHECK_EQUAL(wait4(pid, &status, 0, &usage), pid);
	CHECK_EQUAL(status, 0);
	CHECK_EQUAL(usage.ru_utime.tv_sec, 0);
	CHECK(usage.ru_utime.tv_usec < 200000);
	return 0;
}

static int the_monotonic_clock_never_goes_back(void)
{
	int64_t last = now_ns(CLOCK_MONOTONIC), first = last;

	for (int i = 0; i < 20000; i++) {
		int64_t now = now_ns(CLOCK_MONOTONIC);

		CHECK(now >= last);
		last = now;
	}
	CHECK(last > first);
	return 0;
}

static int the_real_time_can_be_set_and_the_monotonic_stays(void)
{
	const int64_t moon = -1, birthday = 1000000000ll * NS + 999999999;
	int64_t real = now_ns(CLOCK_REALTIME), monotonic = now_ns(CLOCK_MONOTONIC), now;

	CHECK_EQUAL(set_realtime(moon), -1); /* before 1970 */
	CHECK_EQUAL(set_realtime(birthday), 0);
	now = now_ns(CLOCK_REALTIME);
	CHECK(now >= birthday && now < birthday + 10 * NS);
	CHECK_EQUAL(time(NULL), now_ns(CLOCK_REALTIME) / NS);
	now = now_ns(CLOCK_MONOTONIC);
	CHECK(now >= monotonic && now < monotonic + 10 * NS);
	CHECK_EQUAL(set_realtime(real + now - monotonic), 0);
	now = now_ns(CLOCK_REALTIME);
	CHECK(now >= real && now < real + 10 * NS);
	return 0;
}

static int setting_the_clock_does_not_move_sleepers(void)
{
	int64_t real = now_ns(CLOCK_REALTIME), start = now_ns(CLOCK_MONOTONIC);
	unsigned char hundredths = 6;
	int in[2], out[2];
	pid_t pid;

	CHECK_EQUAL(pipe2(in, O_CLOEXEC), 0);
	CHECK_EQUAL(pipe2(out, O_CLOEXEC), 0);
	pid = target_start("sleeps_and_tells", in[0], out[1]);
	CHECK_EQUAL(write(in[1], &hundredths, 1), 1);
	CHECK(target_reaches_state(pid, 'S'));
	CHECK_EQUAL(set_realtime(real + 3600 * NS), 0);
	CHECK_EQUAL(read(out[0], &hundredths, 1), 1);
	CHECK(now_ns(CLOCK_MONOTONIC) - start >= 60 * MILLION);
	CHECK_EQUAL(set_realtime(real + now_ns(CLOCK_MONOTONIC) - start), 0);
	CHECK_EQUAL(target_wait(pid), 0);
	return 0;
}

static int the_time_is_of_this_age(void)
{
	struct timeval now;
	time_t seconds = time(NULL);

	CHECK_EQUAL(gettimeofday(&now, NULL), 0);
	if (seconds < 86400) /* a board without a calendar begins in 1970; run.clock.is_the_hosts is about those with one */
		return TARGET_SKIP;
	CHECK(seconds > 1577836800);
	CHECK(now.tv_sec >= seconds && now.tv_sec <= seconds + 2);
	CHECK(now.tv_usec >= 0 && now.tv_usec < 1000000);
	return 0;
}

static int unknown_clocks_give_einval(void)
{
	struct timespec now;

	CHECK_EQUAL(clock_gettime((clockid_t)77, &now), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(clock_settime((clockid_t)77, &(struct timespec){1, 0}), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(clock_settime(CLOCK_MONOTONIC, &(struct timespec){1, 0}), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

/* clock() counts the processor time of the process: it grows while it computes, and hardly while it sleeps. */
static int processor_time_is_counted(void)
{
	clock_t start = clock(), after_work, after_sleep;
	int64_t end = now_ns(CLOCK_MONOTONIC) + 30 * MILLION;

	CHECK(start != (clock_t)-1);
	while (now_ns(CLOCK_MONOTONIC) < end)
		;
	after_work = clock();
	CHECK_EQUAL(sleep_ns(300 * MILLION), 0);
	after_sleep = clock();
	CHECK(after_work - start >= CLOCKS_PER_SEC / 100);
	CHECK(after_sleep - after_work < CLOCKS_PER_SEC / 5);
	return 0;
}

TARGET_CASES(clock, CASE(a_sleep_is_never_too_short), CASE(spans_that_are_none_give_einval),
	     CASE(sleepers_wake_in_the_order_of_their_times), CASE(a_sleeper_uses_no_processor_time),
	     CASE(the_monotonic_clock_never_goes_back), CASE(the_real_time_can_be_set_and_the_monotonic_stays),
	     CASE(setting_the_clock_does_not_move_sleepers), CASE(the_time_is_of_this_age),
	     CASE(unknown_clocks_give_einval), CASE(processor_time_is_counted), HELPER(sleeps_and_tells),
	     HELPER(sleeps_300_milliseconds))
