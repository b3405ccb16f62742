/* The mappings of the program. Two that were parts of one have the same block. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/lock.h>

struct mapping {
	struct mapping *next;
	char *block; /* as malloc gave it */
	char *start, *end;
};

extern struct mappings {
	_LOCK_T lock; /* of all that follows, fields of mappings included; held by the callers of the functions below */
	struct mapping *first;
} __mappings;

/* The link to the mapping that `address` lies in, or to NULL. */
struct mapping **__mapping_find(const void *address);
/* Does [address, address + length) lie within one? If not, errno is ENOMEM. Takes the lock itself. */
bool __mapping_covers(const void *address, size_t length);
/* Ends a mapping, and frees the block if that was its last. */
void __mapping_remove(struct mapping **link);
