/*
 * malloc for the shell: what is free is a list in the order of addresses, and the first piece that is large enough is taken. The C
 * library's allocator takes constant time, 700 bytes more of text and 100 more of RAM; the shell's heap holds a handful of blocks.
 *
 *     | size payload ... | size next ... | size payload ... |
 *       in use             free            in use           ^ end: what is free before it goes back to the system at once
 *
 * A block's size counts its own word. Payloads are aligned for pointers, which is all that the shell and readdir put into
 * them. Target builds only: the linker takes it before the library's.
 */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

struct block {
	size_t size;
	struct block *next; /* payload, unless the block is free */
};

static struct {
	struct block *free;
	char *end; /* of the last block */
} heap;

static struct block *behind(struct block *b)
{
	return (struct block *)(void *)((char *)b + b->size);
}

/* Takes `size` bytes from the front of the free block at *link. */
static struct block *take(struct block **link, size_t size)
{
	struct block *b = *link, *rest;

	*link = b->next;
	if (b->size - size >= sizeof(*b)) {
		rest = (struct block *)(void *)((char *)b + size);
		*rest = (struct block){b->size - size, b->next};
		b->size = size;
		*link = rest;
	}
	return b;
}

static struct block *extend(size_t size)
{
	struct block *b = sbrk((intptr_t)size);

	if (b == (void *)-1)
		return NULL;
	b->size = size;
	heap.end = (char *)b + size;
	return b;
}

void *malloc(size_t bytes)
{
	size_t size = (bytes + 2 * sizeof(size_t) - 1) & ~(sizeof(size_t) - 1);
	struct block **link = &heap.free, *b;

	if (bytes > PTRDIFF_MAX / 2)
		return NULL;
	if (size < sizeof(*b))
		size = sizeof(*b);
	while (*link && (*link)->size < size)
		link = &(*link)->next;
	b = *link ? take(link, size) : extend(size);
	return b ? &b->next : NULL;
}

/* Joins neighbours in the list from *link on, and gives back what is free at the end of the heap. */
static void tidy(struct block **link)
{
	struct block *b;

	for (; (b = *link); link = &b->next) {
		while (b->next == behind(b)) {
			b->size += b->next->size;
			b->next = b->next->next;
		}
		if (heap.end == (char *)behind(b)) {
			heap.end = (char *)b;
			*link = NULL;
			sbrk(-(intptr_t)b->size);
			return;
		}
	}
}

void free(void *memory)
{
	struct block **link = &heap.free, *b;

	if (!memory)
		return;
	b = (struct block *)(void *)((char *)memory - offsetof(struct block, next));
	while (*link && *link < b)
		link = &(*link)->next;
	b->next = *link;
	*link = b;
	tidy(&heap.free);
}
