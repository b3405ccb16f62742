/*
 * Entries of directories without the heap that opendir() takes twice in a recursion.
 */
#pragma once

#include <stddef.h>

/*
 * Finds the entry number `skip` of a directory ("." and ".." not counted) and copies its name (at most size - 1 characters).
 * Returns 1, 0 when there are no more, -1 with errno. The directory is closed again, so entries may be removed between calls,
 * and a recursion holds one descriptor at most.
 */
int dir_entry(const char *path, unsigned skip, char *name, size_t size);
