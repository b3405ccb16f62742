/* The names by which newlib itself allocates; the extra argument carries only errno, which malloc sets anyway. */
#include <malloc.h>
#include <reent.h>
#include <stdlib.h>

void *_malloc_r(struct _reent *reent, size_t size)
{
	(void)reent;
	return malloc(size);
}

void _free_r(struct _reent *reent, void *memory)
{
	(void)reent;
	free(memory);
}

void *_realloc_r(struct _reent *reent, void *memory, size_t size)
{
	(void)reent;
	return realloc(memory, size);
}

void *_calloc_r(struct _reent *reent, size_t count, size_t size)
{
	(void)reent;
	return calloc(count, size);
}

void *_memalign_r(struct _reent *reent, size_t alignment, size_t size)
{
	(void)reent;
	return memalign(alignment, size);
}

size_t _malloc_usable_size_r(struct _reent *reent, void *memory)
{
	(void)reent;
	return malloc_usable_size(memory);
}
