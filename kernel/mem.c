/*
 * The kernel allocator: its calls. What blocks are, and what is always true of them, is in mem_block.h. Here is decided where in a hole a
 * block is taken from: kernel blocks from the end, what will grow from the start of a small hole or from the middle of a large one.
 *
 * A few freed blocks are kept whole in `quick`, by size, for the next request of that very size: making and ending processes asks for the
 * same sizes again and again. They count as free: whoever counts, grows or finds nothing merges them first.
 */
#include "mem_block.h"

#include <kernel/panic.h>
#include <kernel/string.h>

#define SPREAD 64 /* a hole that many times larger than the request is halved by mem_alloc_growable */

struct mem mem;

static uintptr_t block_rounded(size_t size)
{
	return (size + WORD + 2 * WORD - 1) & ~(2 * WORD - 1);
}

/* Size of the block that a request needs; 0 when there can be none. */
static uintptr_t block_needed(size_t size)
{
	uintptr_t whole = block_rounded(size);

	if (size == 0 || size > mem.end - mem.base)
		return 0;
	return whole < BLOCK_MIN ? BLOCK_MIN : whole;
}

static void quick_drop(struct block **slot)
{
	struct block *block = *slot;

	*slot = NULL;
	if (block)
		block_release_merged(block, block_size(block), block->head);
}

void quick_flush(void)
{
	for (unsigned i = 0; i < QUICK; i++) {
		quick_drop(&mem.quick[i][0]);
		quick_drop(&mem.quick[i][1]);
	}
}

static bool must_fail(void)
{
	return mem.fail_in && --mem.fail_in == 0;
}

void mem_init(void *base, size_t size)
{
	uintptr_t start = ((uintptr_t)base + WORD + 2 * WORD - 1) & ~(2 * WORD - 1);
	uintptr_t end = ((uintptr_t)base + size) & ~(2 * WORD - 1);
	struct block *last;

	ASSERT(end > start + BLOCK_MIN + 2 * WORD);
	memset(&mem, 0, sizeof mem);
	mem.base = start - WORD;
	mem.end = end - WORD;
	last = (struct block *)mem.end;
	last->head = 0;
	block_release((struct block *)mem.base, mem.end - mem.base);
}

static void *payload_of(struct block *block)
{
	return block ? (uintptr_t *)block + 1 : NULL;
}

/* The block of exactly the size needed that was freed last, if it is still there. A size that wraps around finds no block. */
static inline __attribute__((always_inline)) void *quick_alloc(size_t size)
{
	uintptr_t whole = block_rounded(size);
	struct block **slot = quick_of(whole), *block = *slot;

	if (!block || (block->head & ~BLOCK_PREV_FREE) != whole) {
		block = *++slot;
		if (!block || (block->head & ~BLOCK_PREV_FREE) != whole)
			return NULL;
	}
	if (mem.fail_in)
		return NULL;
	*slot = NULL;
	return payload_of(block);
}

static struct block *block_take(uintptr_t whole)
{
	struct block *block = block_find(whole);

	if (!block) {
		quick_flush();
		block = block_find(whole);
	}
	if (block)
		class_remove(block);
	return block;
}

/* The end of a free block that is no longer in its class; the rest stays in front of it. What is in front of the hole can still grow. */
static struct block *block_use_end(struct block *block, uintptr_t size)
{
	uintptr_t rest = block_size(block) - size;

	if (rest < BLOCK_MIN) {
		block_use(block, size);
		return block;
	}
	block_next(block)->head &= ~BLOCK_PREV_FREE;
	block_release(block, rest);
	block = block_next(block);
	block->head = size | BLOCK_PREV_FREE;
	return block;
}

static __attribute__((noinline)) void *slow_alloc(size_t size)
{
	uintptr_t whole = block_needed(size);
	struct block *block;

	if (!whole || must_fail())
		return NULL;
	block = block_take(whole);
	return block ? payload_of(block_use_end(block, whole)) : NULL;
}

void *mem_alloc(size_t size)
{
	void *payload = quick_alloc(size);

	return payload ? payload : slow_alloc(size);
}

void *mem_zalloc(size_t size)
{
	void *block = mem_alloc(size);

	if (block)
		memset(block, 0, size);
	return block;
}

/* From the start of the smallest hole that fits: room to grow stays behind the block. */
static struct block *take_packed(uintptr_t whole)
{
	struct block *block = block_take(whole);

	if (block)
		block_use(block, whole);
	return block;
}

/* From the middle of a large hole. */
static struct block *take_spread(struct block *hole, uintptr_t whole)
{
	uintptr_t skip = (block_size(hole) / 2) & ~(2 * WORD - 1);
	struct block *block = (struct block *)((uintptr_t)hole + skip);

	class_remove(hole);
	block->head = block_size(hole) - skip;
	block_next(block)->head &= ~BLOCK_PREV_FREE;
	block_use(block, whole);
	block_release(hole, skip);
	return block;
}

static __attribute__((noinline)) void *slow_alloc_growable(size_t size)
{
	uintptr_t whole = block_needed(size);
	struct block *hole = block_find_largest();

	if (!whole || must_fail())
		return NULL;
	if (hole && block_size(hole) / SPREAD >= whole)
		return payload_of(take_spread(hole, whole));
	return payload_of(take_packed(whole));
}

void *mem_alloc_growable(size_t size)
{
	void *payload = quick_alloc(size);

	return payload ? payload : slow_alloc_growable(size);
}

void mem_free(void *payload)
{
	struct block *block = block_of(payload), **slot;

	if (!payload)
		return;
	slot = quick_of(block_size(block));
	ASSERT(!(block->head & BLOCK_FREE) && slot[0] != block && slot[1] != block);
	if (slot[0]) {
		quick_drop(&slot[1]);
		slot[1] = slot[0];
	}
	slot[0] = block;
}

/* Bytes from the block's start to the end of the free block behind it; 0 when that is in use. */
static uintptr_t block_reach(struct block *block)
{
	struct block *after = block_next(block);

	return after->head & BLOCK_FREE ? block_size(block) + block_size(after) : 0;
}

static bool block_grow(struct block *block, uintptr_t whole)
{
	uintptr_t flags, reach;

	if (must_fail())
		return false;
	if (block_reach(block) < whole)
		quick_flush();
	reach = block_reach(block);
	if (reach < whole)
		return false;
	flags = block->head & BLOCK_PREV_FREE;
	class_remove(block_next(block));
	block->head = reach;
	block_use(block, whole);
	block->head |= flags;
	return true;
}

bool mem_resize(void *payload, size_t size)
{
	struct block *block = block_of(payload);
	uintptr_t whole = block_needed(size), have = block_size(block), flags = block->head & BLOCK_PREV_FREE;

	if (!whole)
		return false;
	if (whole > have)
		return block_grow(block, whole);
	if (have - whole < BLOCK_MIN) {
		block->head = have | flags | (have > whole ? BLOCK_SPARE : 0);
		return true;
	}
	block->head = whole | flags;
	block_release_merged((struct block *)((uintptr_t)block + whole), have - whole, 0);
	return true;
}

size_t mem_size(const void *payload)
{
	return block_size(block_of(payload)) - WORD;
}

void mem_fail_nth(unsigned n)
{
	mem.fail_in = n;
}
