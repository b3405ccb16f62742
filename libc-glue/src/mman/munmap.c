#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "mapping.h"

/* What lies behind a hole becomes a mapping of its own. */
static int divide(struct mapping *mapping, char *hole, char *hole_end)
{
	struct mapping *rest = malloc(sizeof *rest);

	if (!rest)
		return -1;
	*rest = (struct mapping){mapping->next, mapping->block, hole_end, mapping->end};
	mapping->next = rest;
	mapping->end = hole;
	return 0;
}

/* The block ends where the mapping does, unless another part needs what is behind. */
static void shorten(struct mapping *mapping, char *end)
{
	mapping->end = end;
	for (const struct mapping *other = __mappings.first; other; other = other->next)
		if (other->block == mapping->block && other->end > end)
			return;
	/* A smaller block stays where it is. */
	(void)!realloc(mapping->block, (size_t)(end - mapping->block));
}

/* The same as munmap, the lock being held and the length not 0. */
static int unmap(char *hole, size_t length)
{
	struct mapping **link = __mapping_find(hole), *mapping = *link;
	char *hole_end;

	if (!mapping)
		return 0;
	hole_end = length < (size_t)(mapping->end - hole) ? hole + length : mapping->end;
	if (hole > mapping->start && hole_end < mapping->end)
		return divide(mapping, hole, hole_end);
	if (hole > mapping->start)
		shorten(mapping, hole);
	else if (hole_end < mapping->end)
		mapping->start = hole_end;
	else
		__mapping_remove(link);
	return 0;
}

int munmap(void *address, size_t length)
{
	int result;

	if (length == 0) {
		errno = EINVAL;
		return -1;
	}
	__libc_lock(&__mappings.lock);
	result = unmap(address, length);
	__libc_unlock(&__mappings.lock);
	return result;
}
