/* Row 4: private anonymous mappings are memory as any other: shared, and what the child maps the parent has. */
#include "suite.h"

#include <sys/mman.h>

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

#define SIZE 16384

static volatile char *map(void)
{
	return mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static int a_private_mapping_is_shared(void)
{
	volatile char *block = map();
	pid_t pid;

	CHECK(block != MAP_FAILED);
	pid = vfork();
	if (pid == 0) {
		block[0] = 1;
		block[SIZE - 1] = 2;
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(block[0], 1);
	CHECK_EQUAL(block[SIZE - 1], 2);
	CHECK_EQUAL(munmap((char *)block, SIZE), 0);
	return 0;
}

static int what_the_child_maps_the_parent_has(void)
{
	volatile char *volatile block = NULL;
	pid_t pid = vfork();

	if (pid == 0) {
		block = map();
		if (block != MAP_FAILED)
			block[SIZE / 2] = 3;
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK(block && block != MAP_FAILED);
	CHECK_EQUAL(block[SIZE / 2], 3);
	CHECK_EQUAL(munmap((char *)block, SIZE), 0);
	return 0;
}

SUITE(row04_mappings, CASE(a_private_mapping_is_shared, BY_ALL_MANUALS),
	CASE(what_the_child_maps_the_parent_has, BY_LINUX | BY_SUBLET))
