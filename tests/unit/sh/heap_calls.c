/*
 * The shell's heap, natively: a long random sequence of malloc and free over an sbrk that sometimes refuses, with every block's bytes and
 * the whole list checked. At the end all of it has gone back.
 */
#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static void *test_sbrk(ptrdiff_t increment);

#define malloc heap_malloc
#define free heap_free
#define sbrk test_sbrk
void *heap_malloc(size_t bytes);
void heap_free(void *memory);
#include "../../../apps/sh/heap.c"

#define AREA (64u << 10)
#define BLOCKS 60
#define ROUNDS 100000

static struct {
	_Alignas(16) char bytes[AREA];
	size_t end, limit;
} area = {.limit = AREA};

static struct {
	unsigned char *memory;
	size_t size;
} blocks[BLOCKS];

static void *test_sbrk(ptrdiff_t increment)
{
	char *old = area.bytes + area.end;

	if (increment > 0 && area.end + (size_t)increment > area.limit)
		return (void *)-1;
	area.end += (size_t)increment;
	assert(area.end <= AREA);
	/* What was given back belongs to nobody. */
	if (increment < 0)
		memset(area.bytes + area.end, 0xee, (size_t)-increment);
	return old;
}

static unsigned roll(unsigned sides)
{
	static unsigned long long seed = 88172645463325252u;

	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 11) % sides;
}

/* The blocks fill the heap without a gap; free ones are in order, apart from each other, and never the last. */
static void check_heap(void)
{
	const struct block *next_free = heap.free;
	int was_free = 0;

	for (char *at = area.bytes; at < area.bytes + area.end; at += ((struct block *)(void *)at)->size) {
		const struct block *b = (struct block *)(void *)at;

		assert(b->size >= sizeof(*b) && b->size % sizeof(size_t) == 0);
		assert(!(was_free && b == next_free));
		was_free = b == next_free;
		if (was_free)
			next_free = b->next;
	}
	assert(!was_free && !next_free);
	assert(area.end == 0 || heap.end == area.bytes + area.end);
}

static void drop(int block)
{
	for (size_t i = 0; i < blocks[block].size; i++)
		assert(blocks[block].memory[i] == (unsigned char)block);
	free(blocks[block].memory);
	blocks[block].memory = NULL;
	blocks[block].size = 0;
}

static void change(int block)
{
	size_t size = roll(roll(10) == 0 ? 3000 : 100);
	unsigned char *memory;

	drop(block);
	if (roll(3) == 0)
		return;
	memory = malloc(size);
	if (!memory)
		return;
	assert((uintptr_t)memory % sizeof(void *) == 0);
	memset(memory, block, size);
	blocks[block].memory = memory;
	blocks[block].size = size;
}

int main(void)
{
	for (int round = 0; round < ROUNDS; round++) {
		if (round % 1000 == 0)
			area.limit = roll(3) == 0 ? area.end + roll(500) : AREA;
		change((int)roll(BLOCKS));
		check_heap();
	}
	assert(!malloc(PTRDIFF_MAX) && !malloc((size_t)PTRDIFF_MAX - 8));
	for (int block = 0; block < BLOCKS; block++)
		drop(block);
	assert(area.end == 0 && !heap.free);
	puts("the shell's heap holds");
	return 0;
}
