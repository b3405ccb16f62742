/*
 * Walks over all blocks of the allocator, from the first to the one of size 0: to count them, and to check the invariants of mem_block.h. The time
 * grows with the number of blocks, so no other call of the allocator does this; it is compiled for size, unlike those.
 */
#include "mem_block.h"

#include <kernel/panic.h>
#include <kernel/string.h>

void mem_get_stats(struct mem_stats *stats)
{
	quick_flush();
	memset(stats, 0, sizeof *stats);
	stats->total = mem.end - mem.base;
	for (struct block *block = (struct block *)mem.base; block_size(block); block = block_next(block)) {
		size_t size = block_size(block);

		if (!(block->head & BLOCK_FREE)) {
			stats->used_blocks++;
			stats->free += block->head & BLOCK_SPARE ? 2 * WORD : 0;
			continue;
		}
		stats->free += size;
		stats->fragments++;
		if (size - WORD > stats->largest)
			stats->largest = size - WORD;
	}
}

static bool class_holds(const struct block *block)
{
	unsigned row, column;

	class_of(block_size(block), &row, &column);
	if (!(mem.rows & 1u << row) || !(mem.columns[row] & 1u << column))
		return false;
	for (const struct block *it = mem.class[row][column]; it; it = it->next)
		if (it == block)
			return true;
	return false;
}

void mem_check(void)
{
	bool before_free = false;
	struct block *block = (struct block *)mem.base;

	for (unsigned i = 0; i < 2 * QUICK; i++) {
		struct block *kept = mem.quick[i / 2][i % 2];

		ASSERT(!kept || (!(kept->head & BLOCK_FREE) && quick_of(block_size(kept)) == mem.quick[i / 2]));
	}
	for (; block_size(block); block = block_next(block)) {
		bool free = block->head & BLOCK_FREE;

		ASSERT((uintptr_t)block_next(block) <= mem.end);
		ASSERT(!(free && before_free));
		ASSERT(before_free == !!(block->head & BLOCK_PREV_FREE));
		ASSERT(!free || (*block_foot(block) == (uintptr_t)block && class_holds(block)));
		before_free = free;
	}
	ASSERT((uintptr_t)block == mem.end && before_free == !!(block->head & BLOCK_PREV_FREE));
}
