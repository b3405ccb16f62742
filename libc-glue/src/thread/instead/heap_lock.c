/* malloc in a program of threads; these take the place of the unlocked ones of heap.c, which are weak. */
#include <malloc.h>
#include <stdlib.h>

#include "../../malloc/heap.h"
#include "../futex.h"

/* pthread_create asks for this file by this name. */
extern const char __heap_locks_work;
const char __heap_locks_work = 1;

static _LOCK_T lock;

void *malloc(size_t bytes)
{
	__libc_lock(&lock);
	void *memory = __heap_malloc(bytes);
	__libc_unlock(&lock);
	return memory;
}

void free(void *memory)
{
	if (!memory)
		return;
	__libc_lock(&lock);
	__heap_free(memory);
	__libc_unlock(&lock);
}

void *realloc(void *memory, size_t bytes)
{
	__libc_lock(&lock);
	void *moved = __heap_realloc(memory, bytes);
	__libc_unlock(&lock);
	return moved;
}

void *memalign(size_t alignment, size_t bytes)
{
	__libc_lock(&lock);
	void *memory = __heap_memalign(alignment, bytes);
	__libc_unlock(&lock);
	return memory;
}
