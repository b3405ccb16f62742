/*
 * Cutting and merging the allocator's blocks, and the classes of the free ones: two-level segregated fit. Each power of two is a row of
 * classes, each class a list of free blocks; a bit map of rows and one of each row's classes tell the next larger class that has a block.
 *
 * The invariants of mem_block.h hold before and after each call, but that what class_remove took out still says that it is free: the caller
 * makes it used, or part of another block, next.
 */
#include "mem_block.h"

#include <kernel/panic.h>

#define SCAN_MAX 8 /* blocks of a mixed class that are looked at: keeps allocation O(1) */

static void class_insert(struct block *block)
{
	unsigned row, column;

	class_of(block_size(block), &row, &column);
	block->prev = NULL;
	block->next = mem.class[row][column];
	if (block->next)
		block->next->prev = block;
	mem.class[row][column] = block;
	mem.columns[row] |= (uint8_t)(1u << column);
	mem.rows |= 1u << row;
}

void class_remove(struct block *block)
{
	unsigned row, column;

	if (block->next)
		block->next->prev = block->prev;
	if (block->prev) {
		block->prev->next = block->next;
		return;
	}
	class_of(block_size(block), &row, &column);
	ASSERT(mem.class[row][column] == block);
	mem.class[row][column] = block->next;
	if (block->next)
		return;
	mem.columns[row] &= (uint8_t)~(1u << column);
	if (!mem.columns[row])
		mem.rows &= ~(1u << row);
}

void block_release(struct block *block, uintptr_t size)
{
	block->head = size | BLOCK_FREE;
	*block_foot(block) = (uintptr_t)block;
	block_next(block)->head |= BLOCK_PREV_FREE;
	class_insert(block);
}

void block_release_merged(struct block *block, uintptr_t size, uintptr_t flags)
{
	struct block *after = (struct block *)((uintptr_t)block + size);

	if (after->head & BLOCK_FREE) {
		class_remove(after);
		size += block_size(after);
	}
	if (flags & BLOCK_PREV_FREE) {
		block = (struct block *)((uintptr_t *)block)[-1];
		class_remove(block);
		size += block_size(block);
	}
	block_release(block, size);
}

void block_use(struct block *block, uintptr_t size)
{
	uintptr_t rest = block_size(block) - size;

	if (rest < BLOCK_MIN) {
		block_next(block)->head &= ~BLOCK_PREV_FREE;
		block->head = rest ? block_size(block) | BLOCK_SPARE : size;
		return;
	}
	block_release((struct block *)((uintptr_t)block + size), rest);
	block->head = size;
}

/* The first block of the class of `size` itself that is large enough, among a few. */
static struct block *class_scan(uintptr_t size, unsigned row, unsigned column)
{
	struct block *block = mem.class[row][column];

	for (unsigned i = 0; block && i < SCAN_MAX; i++, block = block->next)
		if (block_size(block) >= size)
			return block;
	return NULL;
}

struct block *block_find(uintptr_t size)
{
	unsigned row, column;
	uint32_t map;
	struct block *block;

	class_of(size, &row, &column);
	block = class_scan(size, row, column);
	if (block)
		return block;
	map = mem.columns[row] & (0xfeu << column);
	if (!map) {
		uint32_t rows = row + 1 < 32 ? mem.rows & (UINT32_MAX << (row + 1)) : 0;

		if (!rows)
			return NULL;
		row = (unsigned)__builtin_ctz(rows);
		map = mem.columns[row];
	}
	block = mem.class[row][(unsigned)__builtin_ctz(map)];
	return block_size(block) >= size ? block : NULL;
}

struct block *block_find_largest(void)
{
	unsigned row;

	if (!mem.rows)
		return NULL;
	row = highest_bit(mem.rows);
	return mem.class[row][highest_bit(mem.columns[row])];
}
