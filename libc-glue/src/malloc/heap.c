/*
 * malloc: constant time, one word a block, little data, memory given back. (newlib's small allocator walks a list of all
 * free blocks, its large one takes a kilobyte of data and whole pages.)
 *
 * The heap is a row of chunks, then the top, which is free, then a fence that nobody allocates:
 *
 *     | head payload ... | head next prev ... size | head payload ... |   top   | fence |
 *       in use             free                      in use            ^heap.top ^heap.fence
 *
 * `head` is the size of the chunk in bytes, head included, with two flags. A free chunk repeats its size in its last
 * word, so that the chunk behind it finds its beginning, and is linked into the bin of its size. No two free chunks are
 * neighbours, and the one before the top is in use.
 *
 * Sizes are multiples of UNIT and payloads are aligned to it. A bin of small chunks holds one size; the others hold a
 * power of two each. When something else calls sbrk, the fence closes this row and another begins behind.
 */
#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "heap.h"

#define WORD sizeof(size_t)
#define UNIT (2 * WORD)
#define CHUNK_MIN (4 * WORD)

#define IN_USE ((size_t)1)
#define PREVIOUS_IN_USE ((size_t)2)
#define FLAGS (IN_USE | PREVIOUS_IN_USE)

#define SMALL_BINS 14
#define BINS 24

/* Chunks looked at in a bin of mixed sizes before a larger bin is taken. */
#define BIN_TRIES 16

/* The top is given back when it is larger than this, which a thread's stack is not, and than a quarter of the heap. */
#define TRIM_LIMIT (2048 * WORD)

struct chunk {
	size_t head;
	struct chunk *next, *previous; /* payload, or links of a free chunk */
};

static struct {
	struct chunk *bins[BINS];
	uint32_t filled; /* bit n: bins[n] holds something */
	char *start, *top, *fence;
} heap;

static size_t size_of(const struct chunk *chunk)
{
	return chunk->head & ~FLAGS;
}

static struct chunk *chunk_at(void *base, size_t offset)
{
	return (struct chunk *)(void *)((char *)base + offset);
}

static struct chunk *chunk_behind(struct chunk *chunk)
{
	return chunk_at(chunk, size_of(chunk));
}

static void *payload(struct chunk *chunk)
{
	return &chunk->next;
}

static struct chunk *chunk_of(void *memory)
{
	return (struct chunk *)(void *)((char *)memory - offsetof(struct chunk, next));
}

static unsigned bin_of(size_t size)
{
	size_t small = (size - CHUNK_MIN) / UNIT;

	if (small < SMALL_BINS)
		return (unsigned)small;
	/* How many times larger than the largest small size, as a power of two. */
	unsigned large = SMALL_BINS;
	for (size_t left = size / ((SMALL_BINS + 1) * UNIT * 2); left != 0 && large < BINS - 1; left /= 2)
		large++;
	return large;
}

static void bin_insert(struct chunk *chunk, size_t size)
{
	unsigned bin = bin_of(size);

	chunk->head = size | PREVIOUS_IN_USE;
	*(size_t *)(void *)((char *)chunk + size - WORD) = size;
	chunk->previous = NULL;
	chunk->next = heap.bins[bin];
	if (chunk->next)
		chunk->next->previous = chunk;
	heap.bins[bin] = chunk;
	heap.filled |= (uint32_t)1 << bin;
}

static void bin_remove(struct chunk *chunk)
{
	unsigned bin = bin_of(size_of(chunk));

	if (chunk->next)
		chunk->next->previous = chunk->previous;
	if (chunk->previous)
		chunk->previous->next = chunk->next;
	else if (!(heap.bins[bin] = chunk->next))
		heap.filled &= ~((uint32_t)1 << bin);
}

/* A free chunk of at least `size`, still in its bin, or NULL. */
static struct chunk *bin_find(size_t size)
{
	unsigned bin = bin_of(size);
	struct chunk *chunk = heap.bins[bin];

	for (int tries = BIN_TRIES; chunk && tries > 0; chunk = chunk->next, tries--) {
		if (size_of(chunk) >= size)
			return chunk;
	}
	/* Every chunk of a higher bin is large enough. A loop, because the processor counts no zeros. */
	uint32_t higher = heap.filled >> bin >> 1;
	if (higher == 0)
		return NULL;
	for (bin++; !(higher & 1); bin++)
		higher >>= 1;
	return heap.bins[bin];
}

/* Makes the top end behind what is in use, and the row end in a fence. */
static void begin_row(char *memory, size_t size)
{
	/* Payloads are aligned, so heads lie one word before. */
	char *start = (char *)(((uintptr_t)memory + WORD + UNIT - 1) / UNIT * UNIT - WORD);

	heap.start = heap.top = start;
	heap.fence = start + (size_t)(memory + size - start) / UNIT * UNIT - UNIT;
}

/* Closes the row for good: what is left of its top becomes a chunk, and the fence one that is never freed. */
static void end_row(void)
{
	size_t left = (size_t)(heap.fence - heap.top);
	struct chunk *fence = (struct chunk *)(void *)heap.fence;

	fence->head = UNIT | IN_USE | PREVIOUS_IN_USE;
	if (left >= CHUNK_MIN) {
		bin_insert((struct chunk *)(void *)heap.top, left);
		fence->head &= ~PREVIOUS_IN_USE;
	} else if (left > 0) {
		((struct chunk *)(void *)heap.top)->head = left | IN_USE | PREVIOUS_IN_USE;
	}
}

/* Makes the top hold `size` bytes. Asks for a sixteenth of the heap more, so that growing costs few system calls. */
static bool grow(size_t size)
{
	size_t have = (size_t)(heap.fence - heap.top);
	size_t more = (size - have + UNIT - 1) / UNIT * UNIT;
	size_t slack = (size_t)(heap.fence - heap.start) / 16 / UNIT * UNIT;
	char *end = heap.fence ? heap.fence + UNIT : NULL;
	char *memory = sbrk((ptrdiff_t)(more + slack + 2 * UNIT));

	if (memory == (char *)-1) {
		slack = 0;
		memory = sbrk((ptrdiff_t)(more + 2 * UNIT));
	}
	if (memory == (char *)-1)
		return false;
	more += slack + 2 * UNIT;
	if (heap.fence && memory - end >= 0 && (size_t)(memory - end) < UNIT) {
		heap.fence += ((size_t)(memory - end) + more) / UNIT * UNIT;
		return true;
	}
	if (heap.fence)
		end_row();
	begin_row(memory, more);
	return (size_t)(heap.fence - heap.top) >= size || grow(size);
}

static struct chunk *take_from_top(size_t size)
{
	if ((size_t)(heap.fence - heap.top) < size && !grow(size))
		return NULL;
	struct chunk *chunk = (struct chunk *)(void *)heap.top;
	chunk->head = size | IN_USE | PREVIOUS_IN_USE;
	heap.top += size;
	return chunk;
}

static void trim(void)
{
	size_t have = (size_t)(heap.fence - heap.top), used = (size_t)(heap.top - heap.start);

	if (have <= TRIM_LIMIT || have <= used / 4)
		return;
	size_t less = (have - used / 16) / UNIT * UNIT;
	/* Not where somebody else has grown the heap since. */
	char *end = sbrk(0);
	if (end >= heap.fence + UNIT && end < heap.fence + 2 * UNIT && sbrk(-(ptrdiff_t)less) != (void *)-1)
		heap.fence -= less;
}

/* Puts `size` bytes at `chunk`, whose neighbour before is in use, back: to the top or into a bin. */
static void release(struct chunk *chunk, size_t size)
{
	struct chunk *behind = chunk_at(chunk, size);

	if ((char *)behind == heap.top) {
		heap.top = (char *)chunk;
		trim();
		return;
	}
	if (!(behind->head & IN_USE)) {
		bin_remove(behind);
		size += size_of(behind);
		behind = chunk_at(chunk, size);
	}
	behind->head &= ~PREVIOUS_IN_USE;
	bin_insert(chunk, size);
}

/* Cuts a chunk in use down to `size` and releases the rest, where it is large enough to stand alone. */
static void cut(struct chunk *chunk, size_t size)
{
	size_t rest = size_of(chunk) - size;

	if (rest < CHUNK_MIN)
		return;
	chunk->head = size | (chunk->head & FLAGS);
	release(chunk_at(chunk, size), rest);
}

static struct chunk *take(size_t size)
{
	struct chunk *chunk = bin_find(size);

	if (!chunk)
		return take_from_top(size);
	bin_remove(chunk);
	chunk->head |= IN_USE;
	chunk_behind(chunk)->head |= PREVIOUS_IN_USE;
	cut(chunk, size);
	return chunk;
}

/* The size of a chunk for `bytes` of payload, or 0 when there can be none. */
static size_t chunk_size(size_t bytes)
{
	if (bytes > PTRDIFF_MAX - 16 * UNIT)
		return 0;
	size_t size = (bytes + WORD + UNIT - 1) / UNIT * UNIT;
	return size < CHUNK_MIN ? CHUNK_MIN : size;
}

void *__heap_malloc(size_t bytes)
{
	size_t size = chunk_size(bytes);
	struct chunk *chunk = size ? take(size) : NULL;

	if (chunk)
		return payload(chunk);
	errno = ENOMEM;
	return NULL;
}

static void give_back(struct chunk *chunk)
{
	size_t size = size_of(chunk);

	if (!(chunk->head & PREVIOUS_IN_USE)) {
		size_t before = *(size_t *)(void *)((char *)chunk - WORD);
		chunk = (struct chunk *)(void *)((char *)chunk - before);
		bin_remove(chunk);
		size += before;
	}
	release(chunk, size);
}

void __heap_free(void *memory)
{
	if (memory)
		give_back(chunk_of(memory));
}

/* Makes a chunk in use as large as `size` where what lies behind it allows that. */
static bool extend(struct chunk *chunk, size_t size)
{
	struct chunk *behind = chunk_behind(chunk);
	size_t missing = size - size_of(chunk);

	if ((char *)behind == heap.top) {
		if ((size_t)(heap.fence - heap.top) < missing && (!grow(missing) || (char *)behind != heap.top))
			return false;
		heap.top += missing;
		chunk->head += missing;
		return true;
	}
	if ((behind->head & IN_USE) || size_of(behind) < missing)
		return false;
	bin_remove(behind);
	chunk->head += size_of(behind);
	chunk_behind(chunk)->head |= PREVIOUS_IN_USE;
	cut(chunk, size);
	return true;
}

void *__heap_realloc(void *memory, size_t bytes)
{
	if (!memory)
		return __heap_malloc(bytes);

	struct chunk *chunk = chunk_of(memory);
	size_t size = chunk_size(bytes), old = size_of(chunk);
	if (size != 0 && size <= old) {
		cut(chunk, size);
		return memory;
	}
	if (size != 0 && extend(chunk, size))
		return memory;
	void *moved = __heap_malloc(bytes);
	if (moved) {
		memcpy(moved, memory, old - WORD);
		__heap_free(memory);
	}
	return moved;
}

/* Where in a chunk's payload an aligned one begins, so that what lies before it can stand alone. */
static size_t aligned_offset(struct chunk *chunk, size_t alignment)
{
	uintptr_t memory = (uintptr_t)payload(chunk);
	uintptr_t aligned = (memory + alignment - 1) & ~(uintptr_t)(alignment - 1);

	if (aligned != memory && aligned - memory < CHUNK_MIN)
		aligned += alignment;
	return aligned - memory;
}

void *__heap_memalign(size_t alignment, size_t bytes)
{
	size_t size = chunk_size(bytes);

	if (alignment <= UNIT)
		return __heap_malloc(bytes);
	if ((alignment & (alignment - 1)) != 0) {
		errno = EINVAL;
		return NULL;
	}
	bool fits = size != 0 && alignment < PTRDIFF_MAX - 16 * UNIT - size;
	struct chunk *chunk = fits ? take(size + alignment + CHUNK_MIN) : NULL;
	if (!chunk) {
		errno = ENOMEM;
		return NULL;
	}
	size_t front = aligned_offset(chunk, alignment);
	if (front > 0) {
		struct chunk *kept = chunk_at(chunk, front);
		kept->head = (size_of(chunk) - front) | IN_USE | PREVIOUS_IN_USE;
		chunk->head = front | (chunk->head & FLAGS);
		give_back(chunk);
		chunk = kept;
	}
	cut(chunk, size);
	return payload(chunk);
}

size_t malloc_usable_size(void *memory)
{
	return memory ? size_of(chunk_of(memory)) - WORD : 0;
}

/* What programs call; a program of threads has its own (heap.h). */
__attribute__((weak, alias("__heap_malloc"))) void *malloc(size_t bytes);
__attribute__((weak, alias("__heap_free"))) void free(void *memory);
__attribute__((weak, alias("__heap_realloc"))) void *realloc(void *memory, size_t bytes);
__attribute__((weak, alias("__heap_memalign"))) void *memalign(size_t alignment, size_t bytes);
