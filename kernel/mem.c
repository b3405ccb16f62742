/*
 * The kernel allocator: two-level segregated fit. RAM is one run of blocks:
 *
 *    head | payload ...          in use
 *    head | next prev ... foot   free: linked into its class, foot points back at head
 *
 * head holds the block's whole size (a multiple of 2 words) and two flags. A block whose predecessor is free finds it by the word
 * before its own head. Invariants (mem_check asserts them):
 *
 *   - no two free blocks are neighbours;
 *   - a free block is in the list of the class of its size, and the class's bit is set exactly when its list is not empty;
 *   - BLOCK_PREV_FREE is set exactly when the predecessor is free;
 *   - the run ends with a used block of size 0.
 *
 * A few freed blocks are kept whole in `quick`, by size, for the next request of that very size: making and ending processes asks for the
 * same sizes again and again. They count as free: whoever counts, grows or finds nothing merges them first.
 */
#include <kernel/mem.h>

#include <kernel/config.h>
#include <kernel/panic.h>
#include <kernel/string.h>

#define WORD sizeof(uintptr_t)
#define BLOCK_FREE ((uintptr_t)1)
#define BLOCK_PREV_FREE ((uintptr_t)2)
#define BLOCK_SPARE ((uintptr_t)4) /* in use, and 2 words longer than asked for: too little for a block of its own */
#define BLOCK_FLAGS ((uintptr_t)7)
#define BLOCK_MIN (4 * WORD)

#define SECOND_BITS 2 /* each power of two is split into 4 classes */
#define SECOND (1u << SECOND_BITS)
#define FIRST_SHIFT 4 /* sizes below 32 share the first row */
#define FIRST CONFIG_MEM_ROWS
#define SCAN_MAX 8 /* blocks of a mixed class that are looked at: keeps allocation O(1) */
#define QUICK 8    /* pairs of freed blocks that are kept */
#define SPREAD 64  /* a hole that many times larger than the request is halved by mem_alloc_growable */

struct block {
	uintptr_t head;
	struct block *next, *prev; /* free blocks only */
};

static struct {
	uintptr_t base, end;
	uint32_t rows;
	uint8_t columns[FIRST];
	struct block *class[FIRST][SECOND];
	struct block *quick[QUICK][2]; /* by size; the one freed last first */
	unsigned fail_in;
} mem;

static uintptr_t block_size(const struct block *block)
{
	return block->head & ~BLOCK_FLAGS;
}

static struct block *block_next(struct block *block)
{
	return (struct block *)((uintptr_t)block + block_size(block));
}

static struct block *block_of(const void *payload)
{
	return (struct block *)((uintptr_t)payload - WORD);
}

static uintptr_t *block_foot(struct block *block)
{
	return (uintptr_t *)((uintptr_t)block + block_size(block) - WORD);
}

static unsigned highest_bit(uintptr_t value)
{
	return (unsigned)(8 * sizeof(unsigned long)) - 1 - (unsigned)__builtin_clzl(value);
}

static void class_of(uintptr_t size, unsigned *row, unsigned *column)
{
	unsigned bit = highest_bit(size);

	*row = bit - FIRST_SHIFT < FIRST ? bit - FIRST_SHIFT : FIRST - 1;
	*column = (unsigned)(size >> (bit - SECOND_BITS)) & (SECOND - 1);
}

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

static void class_remove(struct block *block)
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

/* Makes [block, block + size) a free block between used neighbours. */
static void block_release(struct block *block, uintptr_t size)
{
	block->head = size | BLOCK_FREE;
	*block_foot(block) = (uintptr_t)block;
	block_next(block)->head |= BLOCK_PREV_FREE;
	class_insert(block);
}

/* Frees [block, block + size), merging it with free neighbours. `flags` tells of the predecessor. */
static void block_release_merged(struct block *block, uintptr_t size, uintptr_t flags)
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

/* A free block that is no longer in its class becomes a used one of `size` bytes; the rest is free again. */
static void block_use(struct block *block, uintptr_t size)
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

/* The same, but the rest stays in front: the block that is returned is its end. What is in front of the hole can still grow. */
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

/* The first block of the class of `size` itself that is large enough, among a few. */
static struct block *class_scan(uintptr_t size, unsigned row, unsigned column)
{
	struct block *block = mem.class[row][column];

	for (unsigned i = 0; block && i < SCAN_MAX; i++, block = block->next)
		if (block_size(block) >= size)
			return block;
	return NULL;
}

static struct block *block_find(uintptr_t size)
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

/* A block of one of the largest classes. */
static struct block *block_find_largest(void)
{
	unsigned row;

	if (!mem.rows)
		return NULL;
	row = highest_bit(mem.rows);
	return mem.class[row][highest_bit(mem.columns[row])];
}

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

static struct block **quick_of(uintptr_t whole)
{
	return mem.quick[whole / (2 * WORD) % QUICK];
}

static void quick_drop(struct block **slot)
{
	struct block *block = *slot;

	*slot = NULL;
	if (block)
		block_release_merged(block, block_size(block), block->head);
}

static void quick_flush(void)
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
