/*
 * Memory for the shell: a stack of chunks. What a command allocates is never freed piece by piece: the list that ran the
 * command releases the mark that it took before. The first chunk stays for good, so that short commands never reach malloc.
 *
 *   chunk: [ allocated ......... | string under construction ... | free ]
 *                                ^ used                        ^ used + open
 */
#include <stdlib.h>
#include <string.h>

#include "sh.h"

#define CHUNK_SIZE 240

struct mem_chunk {
	struct mem_chunk *prev;
	size_t size; /* of data, which is aligned for pointers */
	char data[];
};

static struct {
	struct mem_chunk *top;
	unsigned used;
	unsigned open; /* length of the string under construction */
} mem;

void *mem_keep(size_t size)
{
	void *p = malloc(size);

	if (!p)
		fatal(NULL, "out of memory");
	return p;
}

static unsigned rounded(size_t n)
{
	return (unsigned)((n + sizeof(void *) - 1) & ~(sizeof(void *) - 1));
}

/* Pushes a chunk for at least `size` bytes and moves the open string there. */
static void mem_grow(size_t size)
{
	unsigned room = size + mem.open > CHUNK_SIZE ? (unsigned)(size + 2 * mem.open) : CHUNK_SIZE;
	struct mem_chunk *chunk = mem_keep(sizeof(*chunk) + room);

	chunk->prev = mem.top;
	chunk->size = room;
	if (mem.open)
		memcpy(chunk->data, mem.top->data + mem.used, mem.open);
	mem.top = chunk;
	mem.used = 0;
}

static void mem_need(size_t size)
{
	if (!mem.top || mem.used + mem.open + size > mem.top->size)
		mem_grow(size);
}

void *mem_alloc(size_t size)
{
	void *p;

	mem.open = 0;
	mem.used = rounded(mem.used);
	size = rounded(size);
	mem_need(size);
	p = mem.top->data + mem.used;
	mem.used += (unsigned)size;
	return memset(p, 0, size);
}

char *mem_string(const char *s, size_t len)
{
	return memcpy(mem_alloc(len + 1), s, len);
}

char *mem_range(const char *s, const char *end)
{
	return mem_string(s, (size_t)(end - s));
}

char *mem_copy(const char *s)
{
	return mem_string(s, strlen(s));
}

struct mem_mark mem_mark(void)
{
	mem_need(1);
	return (struct mem_mark){mem.top, mem.used};
}

void mem_release(struct mem_mark mark)
{
	while (mem.top != mark.chunk) {
		struct mem_chunk *chunk = mem.top;

		mem.top = chunk->prev;
		free(chunk);
	}
	mem.used = mark.used;
	mem.open = 0;
}

void str_begin(void)
{
	mem.open = 0;
}

void str_put(char c)
{
	mem_need(2);
	mem.top->data[mem.used + mem.open++] = c;
}

void str_puts(const char *s)
{
	while (*s)
		str_put(*s++);
}

size_t str_len(void)
{
	return mem.open;
}

void str_cut(size_t len)
{
	mem.open = (unsigned)len;
}

char *str_end(void)
{
	char *s;

	mem_need(1);
	s = mem.top->data + mem.used;
	s[mem.open] = '\0';
	mem.used += mem.open + 1;
	mem.open = 0;
	return s;
}

void str_reopen(char *s, size_t len)
{
	mem.used = (unsigned)(s - mem.top->data);
	mem.open = (unsigned)len;
}
