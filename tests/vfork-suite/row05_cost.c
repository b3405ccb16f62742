/*
 * Row 5: nothing is copied but the table of descriptors. Seen in two ways: vfork works when most memory is the parent's,
 * and it takes no longer when the parent has much. A copy, or a copy of page tables, takes several times as long.
 */
#include "suite.h"

#include <stdlib.h>
#include <time.h>

#define LARGE (64L << 20)
#define SMALLEST (64L << 10)
#define HUGE_BLOCK (1L << 30)
#define ROUNDS 300
#define ALLOWANCE 30000 /* ns: what a cold cache may cost */

/* The most that malloc gives, halving what is asked for. */
static char *take(size_t size, size_t *taken)
{
	char *block = NULL;

	while (size >= SMALLEST && !(block = malloc(size)))
		size /= 2;
	*taken = size;
	return block;
}

/* Of two seconds, so that 32 bits hold it. */
static long nanoseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)(now.tv_sec % 2) * 1000000000L + now.tv_nsec;
}

/* Every page of it: what nobody wrote to need not be copied. */
static void touch(volatile char *block, size_t size)
{
	for (size_t i = 0; i < size; i += 512)
		block[i] = 1;
}

static int round_trip(void)
{
	pid_t pid = vfork();

	if (pid == 0)
		_exit(0);
	return suite_end(pid);
}

/* The shortest of many round trips, in nanoseconds: what else the machine does only adds. */
static long shortest(void)
{
	long best = -1;

	for (int i = 0; i < ROUNDS; i++) {
		long start = nanoseconds(), span;

		if (round_trip() != 0)
			return -1;
		span = nanoseconds() - start;
		if (span >= 0 && (best < 0 || span < best))
			best = span;
	}
	return best;
}

static int the_time_does_not_grow_with_memory(void)
{
	long small = shortest(), large;
	size_t size;
	char *block = take(LARGE, &size);

	CHECK(small > 0);
	CHECK(block);
	touch(block, size);
	large = shortest();
	free(block);
	CHECK(large > 0);
	if (large > 2 * small + ALLOWANCE)
		CHECK_EQUAL(large, small);
	return 0;
}

static int there_need_be_no_room_for_a_copy(void)
{
	size_t first, second;
	char *one = take(HUGE_BLOCK, &first), *other = take(first / 2, &second);

	CHECK(one);
	one[0] = one[first - 1] = 1;
	CHECK_EQUAL(round_trip(), 0);
	free(one);
	free(other);
	return 0;
}

SUITE(row05_cost, CASE(the_time_does_not_grow_with_memory, BY_LINUX | BY_BSD | BY_SUBLET),
	CASE(there_need_be_no_room_for_a_copy, BY_ALL_MANUALS))
