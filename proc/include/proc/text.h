/*
 * Program text that had to be loaded: once per file, shared by its processes, freed with the last.
 */
#pragma once

#include <fs/vfs.h>
#include <kernel/waitq.h>

struct text {
	struct list link;
	struct node file;
	unsigned refs;
	size_t length;
	void *block;
	int16_t state;       /* 0: loaded; TEXT_LOADING; or the error that loading gave */
	struct waitq loaded; /* wait here until it is */
};
#define TEXT_LOADING 1

/* The text of `file`: bytes [offset, offset + length) of it. Shared when it is loaded already. 0, -ENOMEM, -EIO, -ETXTBSY. */
int text_get(struct node file, size_t offset, size_t length, struct text **out);
void text_put(struct text *text);
