/* Row 4: memory is shared, the stack included: what the child changes, the parent finds changed. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

static volatile int data_word = 1;
static volatile int bss_word;
static volatile char bss_block[5000];

static int data_and_bss(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		data_word = 42;
		bss_word = 43;
		bss_block[0] = 1;
		bss_block[sizeof bss_block - 1] = 2;
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(data_word, 42);
	CHECK_EQUAL(bss_word, 43);
	CHECK_EQUAL(bss_block[0], 1);
	CHECK_EQUAL(bss_block[sizeof bss_block - 1], 2);
	return 0;
}

static int heap(void)
{
	volatile char *block = malloc(10000);
	pid_t pid;

	CHECK(block);
	memset((char *)block, 'a', 10000);
	pid = vfork();
	if (pid == 0) {
		block[0] = 'b';
		block[9999] = 'c';
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(block[0], 'b');
	CHECK_EQUAL(block[9999], 'c');
	CHECK_EQUAL(block[5000], 'a');
	free((char *)block);
	return 0;
}

/* Lends to a child that writes to a frame further up. */
static __attribute__((noinline)) int write_from_below(volatile int *upper)
{
	volatile int own = 1;
	pid_t pid = vfork();

	if (pid == 0) {
		own = 44;
		upper[0] = 45;
		upper[63] = 46;
		_exit(0);
	}
	return suite_end(pid) == 0 ? own : -1;
}

static int stack(void)
{
	volatile int upper[64] = {0};

	CHECK_EQUAL(write_from_below(upper), 44);
	CHECK_EQUAL(upper[0], 45);
	CHECK_EQUAL(upper[63], 46);
	CHECK_EQUAL(upper[32], 0);
	return 0;
}

static int what_the_child_wrote_before_its_exec(void)
{
	volatile int seen = 0;
	pid_t pid = vfork();

	if (pid == 0) {
		seen = 47;
		suite_exec("does_nothing");
		_exit(127);
	}
	CHECK_EQUAL(seen, 47);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(seen, 47);
	return 0;
}

static int does_nothing(void)
{
	return 0;
}

SUITE(row04_memory, CASE(data_and_bss, BY_ALL_MANUALS), CASE(heap, BY_ALL_MANUALS), CASE(stack, BY_ALL_MANUALS),
	CASE(what_the_child_wrote_before_its_exec, BY_ALL_MANUALS), HELPER(does_nothing))
