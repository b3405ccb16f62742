/*
 * Path names, one component at a time.
 */
#include "walk.h"

#include <proc/process.h>

#include "cwd.h"

/* Takes the next name from *path and leaves *path behind the slashes that follow it. */
static int next_name(struct walk *walk, const char **path)
{
	const char *p = *path, *name;

	while (*p == '/')
		p++;
	name = p;
	while (*p != '\0' && *p != '/')
		p++;
	if (p - name > ABI_NAME_MAX)
		return -ENAMETOOLONG;
	walk->name = name;
	walk->length = (uint8_t)(p - name);
	walk->slash = *p == '/';
	while (*p == '/')
		p++;
	*path = p;
	return 0;
}

static void move_to(struct walk *walk, struct node dir)
{
	vfs_release(walk->dir);
	walk->dir = dir;
}

/* Reads the link: *path becomes its text, and the walk goes to the directory where that text starts. */
static int enter_link(struct walk *walk, struct node link, const char **path)
{
	int error = ++walk->links > ABI_SYMLOOP_MAX ? -ELOOP : link.fs->ops->readlink(link, path);

	if (error)
		return error;
	if (**path == '\0')
		return -ENOENT;
	if (**path == '/') {
		move_to(walk, vfs_root());
		vfs_hold(walk->dir);
	}
	return 0;
}

/* Goes from walk->dir to the directory of the last name of path. */
static int walk_on(struct walk *walk, const char *path)
{
	const char *rest[ABI_SYMLOOP_MAX]; /* behind each link that is being followed: never empty */
	unsigned depth = 0;

	for (;;) {
		struct node next;
		uint32_t type;
		int error = next_name(walk, &path);

		if (error || (*path == '\0' && depth == 0))
			return error;
		error = vfs_child(walk->dir, walk->name, walk->length, &next);
		if (error)
			return error;
		type = vfs_type(next);
		if (type == ABI_S_IFDIR) {
			move_to(walk, next);
			if (*path == '\0')
				path = rest[--depth];
			continue;
		}
		if (type == ABI_S_IFLNK && *path != '\0' && depth < ABI_SYMLOOP_MAX)
			rest[depth++] = path;
		error = type == ABI_S_IFLNK ? enter_link(walk, next, &path) : -ENOTDIR;
		vfs_release(next);
		if (error)
			return error;
	}
}

int walk_start(struct walk *walk, const char *path)
{
	walk->dir = *path == '/' ? vfs_root() : process_current()->cwd->node;
	vfs_hold(walk->dir);
	walk->links = 0;
	return *path == '\0' ? -ENOENT : walk_on(walk, path);
}

int walk_last(struct walk *walk, bool follow, struct node *out)
{
	for (;;) {
		const char *target;
		uint32_t type;
		bool slash = walk->slash;
		int error = vfs_child(walk->dir, walk->name, walk->length, out);

		if (error)
			return error;
		type = vfs_type(*out);
		if (type != ABI_S_IFLNK || !(follow || slash)) {
			if (type == ABI_S_IFDIR || !slash)
				return 0;
			vfs_release(*out);
			return -ENOTDIR;
		}
		error = enter_link(walk, *out, &target);
		vfs_release(*out);
		if (!error)
			error = walk_on(walk, target);
		if (error) {
			walk->length = 0; /* it did not get to a place where something could be created */
			return error;
		}
		walk->slash |= slash;
	}
}

void walk_end(struct walk *walk)
{
	vfs_release(walk->dir);
}

bool walk_special(const struct walk *walk)
{
	return walk->length == 0 ||
	       (walk->name[0] == '.' && (walk->length == 1 || (walk->length == 2 && walk->name[1] == '.')));
}
