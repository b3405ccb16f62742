/*
 * The kernel allocator: alignment, exact fit, merging, growth in place, statistics, and failures on demand.
 */
#include "unit.h"

#include <string.h>

#define WORD sizeof(uintptr_t)
#define SMALL 4096

static struct mem_stats stats(void)
{
	struct mem_stats s;

	mem_check();
	mem_get_stats(&s);
	return s;
}

static void starts_as_one_free_block(void **state)
{
	static uint8_t area[SMALL + 1];

	(void)state;
	for (size_t skew = 0; skew < MEM_ALIGN; skew++) {
		mem_init(area + skew, SMALL - skew);
		assert_int_equal(stats().fragments, 1);
		assert_int_equal(stats().used_blocks, 0);
		assert_int_equal(stats().free, stats().largest + WORD);
		assert_true(stats().total <= SMALL - skew);
		assert_true(stats().free >= SMALL - 5 * MEM_ALIGN);
	}
	host_boot(UNIT_MEMORY);
	unit_remember();
}

static void blocks_are_aligned_and_large_enough(void **state)
{
	void *blocks[100];

	(void)state;
	for (size_t size = 1; size <= 100; size++) {
		blocks[size - 1] = mem_alloc(size);
		assert_non_null(blocks[size - 1]);
		assert_int_equal((uintptr_t)blocks[size - 1] % MEM_ALIGN, 0);
		assert_true(mem_size(blocks[size - 1]) >= size);
		memset(blocks[size - 1], 0xff, mem_size(blocks[size - 1]));
	}
	mem_check();
	for (int i = 0; i < 100; i++)
		mem_free(blocks[i]);
}

static void fit_is_exact_not_a_power_of_two(void **state)
{
	(void)state;
	for (size_t size = 3 * WORD; size < 100000; size = size * 3 / 2 + 7) {
		void *block = mem_alloc(size);

		assert_true(mem_size(block) < size + MEM_ALIGN);
		mem_free(block);
	}
}

static void nothing_and_too_much_give_null(void **state)
{
	(void)state;
	assert_null(mem_alloc(0));
	assert_null(mem_alloc_growable(0));
	assert_null(mem_alloc(UNIT_MEMORY));
	assert_null(mem_alloc(SIZE_MAX));
	assert_null(mem_alloc(SIZE_MAX - WORD));
	assert_null(mem_zalloc(SIZE_MAX - 3 * WORD));
	assert_null(mem_alloc_growable(SIZE_MAX));
	mem_free(NULL);
}

static void largest_free_block_can_be_had_whole(void **state)
{
	size_t largest = stats().largest;
	void *all = mem_alloc(largest);

	(void)state;
	assert_non_null(all);
	assert_int_equal(mem_size(all), largest);
	assert_int_equal(stats().free, 0);
	assert_int_equal(stats().fragments, 0);
	assert_null(mem_alloc(1));
	assert_null(mem_alloc_growable(1));
	mem_free(all);
	assert_null(mem_alloc(largest + 1));
}

static void zalloc_clears_what_was_used_before(void **state)
{
	uint8_t *block = mem_alloc(1000), *again;

	(void)state;
	memset(block, 0xff, 1000);
	mem_free(block);
	again = mem_zalloc(1000);
	assert_ptr_equal(again, block);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(again[i], 0);
	mem_free(again);
}

static void freed_neighbours_merge_in_every_order(void **state)
{
	static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

	(void)state;
	for (int i = 0; i < 6; i++) {
		void *block[3] = {mem_alloc(100), mem_alloc(200), mem_alloc(300)};
		void *guard = mem_alloc(50);

		for (int k = 0; k < 3; k++) {
			mem_free(block[orders[i][k]]);
			mem_check();
		}
		assert_int_equal(stats().fragments, 2);
		mem_free(guard);
		unit_assert_nothing_leaked();
	}
}

static void hole_is_used_again_before_the_rest(void **state)
{
	void *low = mem_alloc(1000), *high = mem_alloc(1000), *again;

	(void)state;
	mem_free(low);
	again = mem_alloc(1000);
	assert_ptr_equal(again, low);
	mem_free(high);
	mem_free(again);
}

static void statistics_count_blocks_and_bytes(void **state)
{
	struct mem_stats before = stats(), after;
	void *a = mem_alloc(1000), *b = mem_alloc(3000);

	(void)state;
	after = stats();
	assert_int_equal(after.used_blocks, 2);
	assert_int_equal(after.fragments, 1);
	assert_int_equal(before.free - after.free, mem_size(a) + mem_size(b) + 2 * WORD);
	assert_int_equal(after.total, before.total);
	mem_free(a);
	after = stats();
	assert_int_equal(after.fragments, 2);
	assert_int_equal(after.used_blocks, 1);
	mem_free(b);
}

/* Four neighbours of 1000 bytes by rising address, wherever the allocator begins. */
static void neighbours(char *block[4])
{
	for (int i = 0; i < 4; i++) {
		block[i] = mem_alloc(1000);
		for (int k = i; k > 0 && block[k] < block[k - 1]; k--) {
			char *higher = block[k - 1];

			block[k - 1] = block[k];
			block[k] = higher;
		}
	}
	for (int i = 0; i < 3; i++)
		assert_ptr_equal(block[i] + mem_size(block[i]) + WORD, block[i + 1]);
}

static void free_others(char *block[4], unsigned freed)
{
	for (unsigned i = 0; i < 4; i++)
		if (!(freed & 1u << i))
			mem_free(block[i]);
}

static void grows_in_place_into_a_free_neighbour(void **state)
{
	char *block[4];

	(void)state;
	neighbours(block);
	strcpy(block[0], "kept");
	mem_free(block[1]);
	assert_true(mem_resize(block[0], 1500));
	assert_true(mem_size(block[0]) >= 1500 && mem_size(block[0]) < 1500 + MEM_ALIGN);
	assert_string_equal(block[0], "kept");
	mem_check();
	free_others(block, 1u << 1);
}

static void grows_by_exactly_what_the_neighbour_has(void **state)
{
	char *block[4];
	size_t all;

	(void)state;
	neighbours(block);
	all = mem_size(block[0]) + mem_size(block[1]) + WORD;
	mem_free(block[1]);
	assert_false(mem_resize(block[0], all + 1));
	assert_true(mem_resize(block[0], all));
	assert_int_equal(mem_size(block[0]), all);
	mem_check();
	free_others(block, 1u << 1);
}

static void growth_that_fails_changes_nothing(void **state)
{
	struct mem_stats before, after;
	char *block[4];
	size_t size;

	(void)state;
	neighbours(block);
	before = stats();
	size = mem_size(block[0]);
	assert_false(mem_resize(block[0], size + 1));
	assert_false(mem_resize(block[0], SIZE_MAX));
	assert_false(mem_resize(block[0], SIZE_MAX - 2 * WORD));
	after = stats();
	assert_memory_equal(&before, &after, sizeof before);
	assert_int_equal(mem_size(block[0]), size);
	free_others(block, 0);
}

static void growth_keeps_a_free_predecessor_known(void **state)
{
	char *block[4];

	(void)state;
	neighbours(block);
	mem_free(block[0]);
	mem_free(block[2]);
	assert_true(mem_resize(block[1], 1500));
	mem_check();
	free_others(block, 1u << 0 | 1u << 2);
}

static void shrinking_gives_the_tail_back(void **state)
{
	struct mem_stats before;
	char *block[4];

	(void)state;
	neighbours(block);
	before = stats();
	assert_true(mem_resize(block[0], 100));
	assert_true(mem_size(block[0]) < 100 + MEM_ALIGN);
	assert_true(stats().free > before.free + 800);
	assert_int_equal(stats().fragments, before.fragments + 1);
	assert_true(mem_resize(block[0], 1000));
	assert_int_equal(stats().free, before.free);
	free_others(block, 0);
}

static void shrinking_merges_the_tail_with_a_free_neighbour(void **state)
{
	unsigned fragments;
	char *block[4];

	(void)state;
	neighbours(block);
	mem_free(block[1]);
	fragments = (unsigned)stats().fragments;
	assert_true(mem_resize(block[0], 100));
	assert_int_equal(stats().fragments, fragments);
	free_others(block, 1u << 1);
}

static void growable_blocks_have_room_to_grow(void **state)
{
	void *block[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		block[i] = mem_alloc_growable(1000);
	for (int i = 0; i < 4; i++)
		assert_true(mem_resize(block[i], UNIT_MEMORY / 16));
	mem_check();
	for (int i = 0; i < 4; i++)
		mem_free(block[i]);
}

static void growable_block_in_a_tight_hole_is_exact(void **state)
{
	static uint8_t area[SMALL];
	void *block;

	(void)state;
	mem_init(area, sizeof area);
	block = mem_alloc_growable(1000);
	assert_non_null(block);
	assert_int_equal(stats().fragments, 1);
	mem_free(block);
	block = mem_alloc_growable(stats().largest);
	assert_non_null(block);
	host_boot(UNIT_MEMORY);
	unit_remember();
}

static void nth_allocation_fails_once(void **state)
{
	void *blocks[4];

	(void)state;
	mem_fail_nth(3);
	blocks[0] = mem_alloc(10);
	blocks[1] = mem_alloc_growable(10);
	assert_null(mem_zalloc(10));
	blocks[2] = mem_alloc_growable(10);
	mem_fail_nth(1);
	assert_null(mem_alloc_growable(10));
	mem_fail_nth(1);
	assert_false(mem_resize(blocks[2], 1000));
	assert_true(mem_resize(blocks[2], 1000));
	mem_fail_nth(1);
	assert_true(mem_resize(blocks[2], 100));
	mem_fail_nth(0);
	blocks[3] = mem_alloc(10);
	for (int i = 0; i < 4; i++) {
		assert_non_null(blocks[i]);
		mem_free(blocks[i]);
	}
}

static void free_twice(void)
{
	void *block = mem_alloc(100), *guard = mem_alloc(100);

	mem_free(block);
	mem_free(block);
	mem_free(guard);
}

static void free_twice_after_others(void)
{
	char *block[4];

	neighbours(block);
	mem_free(block[1]);
	mem_free(block[3]);
	mem_free(block[1]);
}

static void overflow_into_the_next_head(void)
{
	char *block[4];

	neighbours(block);
	memset(block[1], 0xff, mem_size(block[1]) + 1);
	mem_check();
}

static void misuse_panics(void **state)
{
	(void)state;
	unit_expect_panic(free_twice, "assertion failed");
	unit_expect_panic(free_twice_after_others, "assertion failed");
	unit_expect_panic(overflow_into_the_next_head, "assertion failed");
}

static const struct CMUnitTest tests[] = {
	UNIT(mem, starts_as_one_free_block),
	UNIT(mem, blocks_are_aligned_and_large_enough),
	UNIT(mem, fit_is_exact_not_a_power_of_two),
	UNIT(mem, nothing_and_too_much_give_null),
	UNIT(mem, largest_free_block_can_be_had_whole),
	UNIT(mem, zalloc_clears_what_was_used_before),
	UNIT(mem, freed_neighbours_merge_in_every_order),
	UNIT(mem, hole_is_used_again_before_the_rest),
	UNIT(mem, statistics_count_blocks_and_bytes),
	UNIT(mem, grows_in_place_into_a_free_neighbour),
	UNIT(mem, grows_by_exactly_what_the_neighbour_has),
	UNIT(mem, growth_that_fails_changes_nothing),
	UNIT(mem, growth_keeps_a_free_predecessor_known),
	UNIT(mem, shrinking_gives_the_tail_back),
	UNIT(mem, shrinking_merges_the_tail_with_a_free_neighbour),
	UNIT(mem, growable_blocks_have_room_to_grow),
	UNIT(mem, growable_block_in_a_tight_hole_is_exact),
	UNIT(mem, nth_allocation_fails_once),
	UNIT(mem, misuse_panics),
};
UNIT_MAIN(mem, tests)
