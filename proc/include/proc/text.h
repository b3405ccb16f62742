/*
 * Program text that had to be loaded: once per file, shared by its processes, freed with the last.
 */
#pragma once

#include <fs/vfs.h>
#include <kernel/list.h>

struct text {
	struct list link;
	struct node file;
	unsigned refs;
	size_t length;
	void *block;
};

/* The text of `file`: bytes [offset, offset + length) of it. Shared when it is loaded already. 0, -ENOMEM, -EIO, -ETXTBSY. */
int text_get(struct node file, size_t offset, size_t length, struct text **out);
void text_put(struct text *text);
