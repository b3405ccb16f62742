/*
 * Row 6: the parent never sees a register that the child changed. The caller of the function that lends keeps many values
 * in registers; the child fills every register it can get with others, and ends from there.
 */
#include "suite.h"

static volatile long seed = 1;
static volatile double fraction = 0.5;

/* Integers and fractions that only registers hold while a function is called. */
#define LIVE_VALUES(from)                                                                                           \
	long a = seed + (from), b = seed + (from)*3, c = seed + (from)*5, d = seed + (from)*7;                      \
	long e = seed + (from)*11, f = seed + (from)*13, g = seed + (from)*17, h = seed + (from)*19;                \
	long i = seed + (from)*23, k = seed + (from)*29, l = seed + (from)*31, m = seed + (from)*37;                \
	double p = fraction * (double)(from), q = fraction * 2 * (double)(from), r = fraction * 3 * (double)(from), \
	       s = fraction * 4 * (double)(from)

#define SUM_OF_VALUES                                                                                   \
	(a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * k + 11 * l + 12 * m + \
		(long)(100 * p + 200 * q + 300 * r + 400 * s))

static __attribute__((noinline)) void end_here(int by_exec)
{
	if (by_exec)
		suite_exec("does_nothing");
	_exit(by_exec ? 127 : 0);
}

static int does_nothing(void)
{
	return 0;
}

/* Ends the process with all registers full of values of its own. */
static __attribute__((noinline)) long spoil_registers(int by_exec)
{
	LIVE_VALUES(-1000);
	end_here(by_exec);
	return SUM_OF_VALUES;
}

static volatile long sink;

static __attribute__((noinline)) pid_t lend(int by_exec)
{
	pid_t pid = vfork();

	if (pid == 0)
		sink = spoil_registers(by_exec);
	return pid;
}

static __attribute__((noinline)) long sum_without_loan(void)
{
	LIVE_VALUES(1000);
	return SUM_OF_VALUES;
}

static __attribute__((noinline)) long sum_around_loan(int by_exec, pid_t *pid)
{
	LIVE_VALUES(1000);
	*pid = lend(by_exec);
	return SUM_OF_VALUES;
}

static int registers_stay_after_exit(void)
{
	pid_t pid;

	CHECK_EQUAL(sum_around_loan(0, &pid), sum_without_loan());
	CHECK_EQUAL(suite_end(pid), 0);
	return 0;
}

static int registers_stay_after_exec(void)
{
	pid_t pid;

	CHECK_EQUAL(sum_around_loan(1, &pid), sum_without_loan());
	CHECK_EQUAL(suite_end(pid), 0);
	return 0;
}

SUITE(row06_registers, CASE(registers_stay_after_exit, BY_LINUX | BY_BSD | BY_SUBLET),
	CASE(registers_stay_after_exec, BY_LINUX | BY_BSD | BY_SUBLET), HELPER(does_nothing))
