/*
 * Walking a path name. A walk ends before the last name, so that callers may look it up, create it or remove
 * it. Links on the way are followed with a short list of places to come back to, without recursion.
 */
#pragma once

#include <fs/vfs.h>

struct walk {
	struct node dir;  /* held until walk_end: the directory of the last name */
	const char *name; /* the last name, inside the path: not NUL-terminated */
	uint8_t length;   /* 0 for the path "/": the directory itself */
	bool slash;       /* a slash follows the name: it must be a directory */
	uint8_t links;    /* symbolic links followed so far */
};

/* Goes to the directory of the last name of path. After it, whatever it returned, comes walk_end.
 * -ENOENT -ENOTDIR -ELOOP -ENAMETOOLONG. */
int walk_start(struct walk *walk, const char *path);

/* Looks up the last name and holds what it is. A link is followed if `follow`, or a slash comes after it; the
 * walk then stands at the link's own last name. -ENOENT: it could be created there, unless walk_special.
 * -ENOTDIR -ELOOP -ENAMETOOLONG. */
int walk_last(struct walk *walk, bool follow, struct node *out);

void walk_end(struct walk *walk);

/* One step: `name` in the directory `dir`, across mounts, held; "", "." and ".." included. */
int vfs_child(struct node dir, const char *name, size_t length, struct node *out);

/* The last name is none that can be made or removed: empty, "." or "..". */
bool walk_special(const struct walk *walk);
