/*
 * Current directories. Only the node is kept: getcwd climbs and asks each directory for the name of the one it
 * came from, so a path stays right when a directory above is renamed, and costs no memory.
 */
#pragma once

#include <fs/vfs.h>

struct cwd {
	struct node node; /* held */
	uint16_t refs;    /* processes */
};

/* Makes `node` (a directory; the hold is taken over when it succeeds) the current directory of the calling
 * process. 0, -ENOMEM. */
int cwd_change(struct node node);

/* Writes the path of the current directory, NUL included, and returns its length with NUL.
 * -ERANGE: buf is too small. -ENOENT: the directory was removed. */
long cwd_path(char *buf, size_t size);
