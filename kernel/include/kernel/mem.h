/*
 * The kernel allocator: two-level segregated fit over the RAM that the board gives. Allocation, release and growth in place
 * take O(1) time. Blocks are split to the exact size (rounded to 2 pointers), never to a power of two.
 * Called with interrupts masked, as all kernel code is; nothing here sleeps.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MEM_ALIGN (2 * sizeof(void *))

struct mem_stats {
	size_t total;     /* bytes handed to mem_init */
	size_t free;      /* total - what was asked for (rounded, with headers): the same however memory is cut up */
	size_t largest;   /* bytes of the largest free block */
	size_t fragments; /* number of free blocks */
	size_t used_blocks;
};

/* Takes over [base, base + size). Once, at boot (again in tests: forgets what was). */
void mem_init(void *base, size_t size);

/* A block of at least `size` bytes, aligned to MEM_ALIGN, not cleared; NULL when there is none (or none is
 * found in constant time: a hole less than a quarter larger than the request may be missed), or size is 0. It comes from the end of a hole:
 * what lies in front of the hole keeps its room to grow. */
void *mem_alloc(size_t size);

/* The same, cleared. */
void *mem_zalloc(size_t size);

/* Like mem_alloc for memory that will grow: when the hole is much larger than size, takes it from the hole's middle, so that
 * neither this block nor the one before the hole is locked in. */
void *mem_alloc_growable(size_t size);

/* Gives a block back; NULL is allowed. */
void mem_free(void *block);

/* Makes the block `size` bytes long without moving it. Shrinking works for every size but 0; growing fails (false, nothing changed) when the
 * neighbour is in use or too small. */
bool mem_resize(void *block, size_t size);

/* Bytes that the block can hold. */
size_t mem_size(const void *block);

void mem_get_stats(struct mem_stats *stats);

/* Test aid: the n-th allocation from now on fails (1 = the next); 0 switches it off. Growth counts as an allocation. */
void mem_fail_nth(unsigned n);

/* Walks all blocks and asserts that headers, neighbours and free lists agree. Slow; tests and panics. */
void mem_check(void);
