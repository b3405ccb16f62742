/*
 * The C library's heap, natively: a long random sequence of calls over an sbrk that starts anywhere, sometimes refuses and
 * is sometimes used by others, with every block's bytes and the whole structure checked.
 */
#include <assert.h>
#include <stddef.h>
#include <stdio.h>

static void *test_sbrk(ptrdiff_t increment);

#define malloc heap_malloc
#define free heap_free
#define realloc heap_realloc
#define memalign heap_memalign
#define malloc_usable_size heap_usable_size
#define sbrk test_sbrk
void *heap_malloc(size_t bytes);
void heap_free(void *memory);
#include "heap.c"

#define AREA (4u << 20)
#define BLOCKS 300
#define ROUNDS 200000
#define CHECK_EVERY 64

static struct {
	_Alignas(64) char bytes[AREA];
	size_t end, limit;
} area;

static struct {
	unsigned char *memory;
	size_t size;
} blocks[BLOCKS];

static uint64_t seed = 88172645463325252u;

static void *test_sbrk(ptrdiff_t increment)
{
	char *old = area.bytes + area.end;

	if (increment > 0 && area.end + (size_t)increment > area.limit) {
		errno = ENOMEM;
		return (void *)-1;
	}
	area.end += (size_t)increment;
	assert(area.end <= AREA);
	/* What was given back belongs to nobody. */
	if (increment < 0)
		memset(area.bytes + area.end, 0xee, (size_t)-increment);
	return old;
}

static unsigned roll(unsigned sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 11) % sides;
}

static size_t check_row(void)
{
	size_t free_chunks = 0;
	bool previous = true;

	for (char *at = heap.start; at < heap.top; at += size_of((struct chunk *)(void *)at)) {
		const struct chunk *chunk = (struct chunk *)(void *)at;
		size_t size = size_of(chunk);
		assert(size >= UNIT && size % UNIT == 0 && at + size <= heap.top);
		assert(((chunk->head & PREVIOUS_IN_USE) != 0) == previous);
		assert(previous || (chunk->head & IN_USE));
		previous = chunk->head & IN_USE;
		free_chunks += !previous;
		/* A free chunk repeats its size at its end. */
		assert(previous || *(size_t *)(void *)(at + size - WORD) == size);
	}
	assert(previous && heap.top <= heap.fence);
	return free_chunks;
}

static size_t check_bins(void)
{
	size_t count = 0;

	for (unsigned bin = 0; bin < BINS; bin++) {
		assert((heap.bins[bin] != NULL) == ((heap.filled >> bin & 1) != 0));
		for (const struct chunk *chunk = heap.bins[bin]; chunk; chunk = chunk->next, count++)
			assert(bin_of(size_of(chunk)) == bin && !(chunk->head & IN_USE));
	}
	return count;
}

static void check_bytes(int block, const unsigned char *memory, size_t size)
{
	for (size_t i = 0; i < size; i++)
		assert(memory[i] == (unsigned char)block);
}

static size_t roll_size(void)
{
	return roll(roll(20) == 0 ? 20000 : roll(5) == 0 ? 1000 : 120);
}

static unsigned char *renew(int block, size_t size, unsigned way)
{
	if (way < 3)
		return realloc(blocks[block].memory, size);
	free(blocks[block].memory);
	blocks[block].memory = NULL;
	if (way < 4) {
		size_t alignment = (size_t)1 << roll(10);
		unsigned char *memory = memalign(alignment, size);
		assert((uintptr_t)memory % alignment == 0);
		return memory;
	}
	return way < 8 ? malloc(size) : NULL;
}

static void change(int block)
{
	size_t size = roll_size(), old = blocks[block].size;
	unsigned way = roll(10);
	unsigned char *memory = renew(block, size, way);

	if (!memory && way < 3)
		return;
	if (way < 3)
		check_bytes(block, memory, old < size ? old : size);
	if (memory) {
		assert((uintptr_t)memory % UNIT == 0 && malloc_usable_size(memory) >= size);
		memset(memory, block, size);
	}
	blocks[block].memory = memory;
	blocks[block].size = memory ? size : 0;
}

/* Memory runs short for a while, then comes back. */
static void change_limit(int round)
{
	if (round % 1000 == 0)
		area.limit = AREA;
	else if (round % 100 == 0)
		area.limit = area.end + roll(3000) < AREA ? area.end + roll(3000) : AREA;
	if (area.limit < area.end)
		area.limit = area.end;
}

static void run(size_t start, bool foreign)
{
	memset(&heap, 0, sizeof heap);
	memset(&blocks, 0, sizeof blocks);
	area.end = start;
	area.limit = AREA;
	for (int round = 0; round < ROUNDS; round++) {
		int block = (int)roll(BLOCKS);
		change_limit(round);
		check_bytes(block, blocks[block].memory, blocks[block].size);
		change(block);
		if (foreign && roll(2000) == 0 && area.end + 100 < area.limit)
			test_sbrk(roll(100));
		if (round % CHECK_EVERY == 0 && heap.fence) {
			size_t row = check_row(), bins = check_bins();
			assert(foreign ? bins >= row : bins == row);
		}
	}
	size_t most = area.end;
	for (int block = 0; block < BLOCKS; block++)
		free(blocks[block].memory);
	/* All but a little has been given back. */
	assert(foreign || area.end - start <= TRIM_LIMIT + 4 * UNIT);
	printf("heap from %zu: %zu bytes at the end, %zu when all was freed\n", start, most, area.end);
}

int main(void)
{
	run(0, false);
	run(5, false);
	run(0, true);
	return 0;
}
