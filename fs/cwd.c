/*
 * Current directories and their paths.
 */
#include "cwd.h"

#include <kernel/mem.h>
#include <kernel/panic.h>
#include <kernel/string.h>
#include <proc/process.h>

static struct cwd root_cwd = {{NULL, 0}, 1};

struct cwd *cwd_root(void)
{
	root_cwd.node = vfs_root();
	return cwd_hold(&root_cwd);
}

struct cwd *cwd_hold(struct cwd *cwd)
{
	cwd->refs++;
	return cwd;
}

void cwd_release(struct cwd *cwd)
{
	if (--cwd->refs > 0)
		return;
	vfs_release(cwd->node);
	mem_free(cwd);
}

int cwd_change(struct node node)
{
	struct process *process = process_current();
	struct cwd *cwd = mem_alloc(sizeof(*cwd));

	if (!cwd)
		return -ENOMEM;
	*cwd = (struct cwd){node, 1};
	cwd_release(process->cwd);
	process->cwd = cwd;
	return 0;
}

/* The path is written from the end of the buffer towards its start. */
struct climb {
	char *start, *end; /* free space is [start, end) */
	uint32_t ino;      /* whose name is wanted */
	int result;        /* -ENOENT until it is found */
};

static bool take_name(void *reader, const char *name, size_t length, uint32_t ino, uint8_t type)
{
	struct climb *climb = reader;

	(void)type;
	if (ino != climb->ino)
		return true;
	climb->result = (size_t)(climb->end - climb->start) > length ? 0 : -ERANGE;
	if (!climb->result) {
		climb->end -= length + 1;
		climb->end[0] = '/';
		memcpy(climb->end + 1, name, length);
	}
	return false;
}

/* One step up: *node becomes its parent (the hold moves along), its name goes in front of the path. */
static int climb_step(struct climb *climb, struct node *node)
{
	struct node parent, below = vfs_covered(*node);
	size_t position = 0;
	int error = vfs_parent(*node, &parent);

	if (error)
		return error;
	climb->ino = vfs_ino(below);
	climb->result = -ENOENT;
	vfs_release(*node);
	*node = parent;
	ASSERT(parent.fs == below.fs);
	error = parent.fs->ops->readdir(parent, &position, take_name, climb);
	return error ? error : climb->result;
}

long cwd_path(char *buf, size_t size)
{
	struct climb climb = {buf, buf + size, 0, 0};
	struct node node = process_current()->cwd->node;
	size_t length;
	int error = size < 2 ? -ERANGE : 0;

	if (error)
		return error;
	*--climb.end = '\0';
	vfs_hold(node);
	if (vfs_same(node, vfs_root()))
		*--climb.end = '/';
	while (!error && !vfs_same(node, vfs_root()))
		error = climb_step(&climb, &node);
	vfs_release(node);
	if (error)
		return error;
	length = (size_t)(buf + size - climb.end);
	memmove(buf, climb.end, length);
	return (long)length;
}
