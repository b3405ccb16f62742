/*
 * Between mem.c, mem_block.c and mem_walk.c: what memory consists of. RAM is one run of blocks:
 *
 *    head | payload ...          in use
 *    head | next prev ... foot   free: linked into its class, foot points back at head
 *
 * head holds the block's whole size (a multiple of 2 words) and flags. A block whose predecessor is free finds it by the word
 * before its own head. Invariants (mem_check asserts them):
 *
 *   - no two free blocks are neighbours;
 *   - a free block is in the list of the class of its size, and the class's bit is set exactly when its list is not empty;
 *   - BLOCK_PREV_FREE is set exactly when the predecessor is free;
 *   - the run ends with a used block of size 0;
 *   - a block in `quick` is marked as in use, and is in the slot of its size.
 *
 * The state is one structure, because the fast ways through mem.c then need one address.
 */
#pragma once

#include <kernel/config.h>
#include <kernel/mem.h>

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
#define QUICK 8 /* pairs of freed blocks that are kept */

struct block {
	uintptr_t head;
	struct block *next, *prev; /* free blocks only */
};

extern struct mem {
	uintptr_t base, end; /* addresses of the first block and of the one of size 0 */
	uint32_t rows;          /* bit n: a class of row n is not empty */
	uint8_t columns[FIRST]; /* of each row: which of them */
	struct block *class[FIRST][SECOND];
	struct block *quick[QUICK][2]; /* freed and kept whole, by size; the one freed last first */
	unsigned fail_in;              /* mem_fail_nth */
} mem;

static inline uintptr_t block_size(const struct block *block)
{
	return block->head & ~BLOCK_FLAGS;
}

static inline struct block *block_next(struct block *block)
{
	return (struct block *)((uintptr_t)block + block_size(block));
}

static inline struct block *block_of(const void *payload)
{
	return (struct block *)((uintptr_t)payload - WORD);
}

static inline uintptr_t *block_foot(struct block *block)
{
	return (uintptr_t *)((uintptr_t)block + block_size(block) - WORD);
}

static inline unsigned highest_bit(uintptr_t value)
{
	return (unsigned)(8 * sizeof(unsigned long)) - 1 - (unsigned)__builtin_clzl(value);
}

static inline void class_of(uintptr_t size, unsigned *row, unsigned *column)
{
	unsigned bit = highest_bit(size);

	*row = bit - FIRST_SHIFT < FIRST ? bit - FIRST_SHIFT : FIRST - 1;
	*column = (unsigned)(size >> (bit - SECOND_BITS)) & (SECOND - 1);
}

/* The two blocks kept of this size and of those that share its slot. */
static inline struct block **quick_of(uintptr_t whole)
{
	return mem.quick[whole / (2 * WORD) % QUICK];
}

/* Takes a free block out of its class: the step before block_use. */
void class_remove(struct block *block);

/* Makes [block, block + size) a free block between used neighbours. */
void block_release(struct block *block, uintptr_t size);

/* Frees [block, block + size), merging it with free neighbours. `flags` tells of the predecessor. */
void block_release_merged(struct block *block, uintptr_t size, uintptr_t flags);

/* A free block that is no longer in its class becomes a used one of `size` bytes; the rest is free again. */
void block_use(struct block *block, uintptr_t size);

/* A free block of at least `size` bytes, from the smallest class that has one; NULL when there is none, or none is found in constant time.
 * It stays in its class. */
struct block *block_find(uintptr_t size);

/* A block of one of the largest classes, which stays there; NULL when nothing is free. */
struct block *block_find_largest(void);

/* Frees what `quick` keeps, merging it with its neighbours. */
void quick_flush(void);
