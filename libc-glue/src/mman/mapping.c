#include "mapping.h"

#include <errno.h>
#include <stdlib.h>

struct mappings __mappings;

struct mapping **__mapping_find(const void *address)
{
	const char *at = address;
	struct mapping **link = &__mappings.first;

	while (*link && (at < (*link)->start || at >= (*link)->end))
		link = &(*link)->next;
	return link;
}

bool __mapping_covers(const void *address, size_t length)
{
	__libc_lock(&__mappings.lock);
	const struct mapping *mapping = *__mapping_find(address);
	bool covers = mapping && length <= (size_t)(mapping->end - (const char *)address);
	__libc_unlock(&__mappings.lock);
	if (!covers)
		errno = ENOMEM;
	return covers;
}

void __mapping_remove(struct mapping **link)
{
	struct mapping *mapping = *link;
	bool last = true;

	*link = mapping->next;
	for (const struct mapping *other = __mappings.first; other; other = other->next)
		last = last && other->block != mapping->block;
	if (last)
		free(mapping->block);
	free(mapping);
}
