/*
 * The table of mounts, and what the VFS answers for every file system. The first mount is the root; each other
 * one covers a directory of an earlier one. Mounts last until the machine stops, so the table is never searched
 * for anything but a covered directory or a root.
 */
#include <fs/file.h>
#include <fs/vfs.h>
#include <kernel/panic.h>
#include <kernel/string.h>

#include "walk.h"

#define VFS_MOUNTS 5

static struct {
	unsigned count;
	struct mount {
		struct node covered; /* held; nothing for the root */
		const struct fs *fs;
	} mount[VFS_MOUNTS];
} vfs;

static struct node root_of(const struct fs *fs)
{
	return (struct node){fs, fs->root};
}

void vfs_mount(const char *path, const struct fs *fs)
{
	struct node covered = {NULL, 0};

	ASSERT(vfs.count < VFS_MOUNTS);
	if (vfs.count > 0 && (vfs_lookup(path, true, &covered) || vfs_type(covered) != ABI_S_IFDIR))
		PANIC("mount point is missing");
	vfs.mount[vfs.count++] = (struct mount){covered, fs};
	vfs_hold(root_of(fs));
}

struct node vfs_root(void)
{
	return root_of(vfs.mount[0].fs);
}

void vfs_hold(struct node node)
{
	if (node.fs->ops->hold)
		node.fs->ops->hold(node);
}

void vfs_release(struct node node)
{
	if (node.fs->ops->release)
		node.fs->ops->release(node);
}

static void enter_mount(struct node *node, const struct mount *mount)
{
	vfs_release(*node);
	*node = root_of(mount->fs);
	vfs_hold(*node);
}

/* A directory that is covered becomes the root of what covers it. */
static inline void cross_down(struct node *node)
{
	const struct mount *end = vfs.mount + vfs.count;

	for (const struct mount *mount = vfs.mount + 1; mount < end; mount++)
		if (mount->covered.id == node->id && mount->covered.fs == node->fs)
			enter_mount(node, mount);
}

struct node vfs_covered(struct node node)
{
	for (unsigned i = vfs.count - 1; i > 0; i--)
		if (vfs.mount[i].fs == node.fs && node.id == node.fs->root)
			node = vfs.mount[i].covered;
	return node;
}

int vfs_parent(struct node dir, struct node *out)
{
	int error;

	dir = vfs_covered(dir);
	if (vfs_same(dir, vfs_root())) {
		*out = dir;
		vfs_hold(dir);
		return 0;
	}
	error = dir.fs->ops->parent(dir, out);
	if (!error)
		cross_down(out);
	return error;
}

int vfs_child(struct node dir, const char *name, size_t length, struct node *out)
{
	int error;

	if (length == 0 || (name[0] == '.' && length == 1)) {
		*out = dir;
		vfs_hold(dir);
		return 0;
	}
	if (name[0] == '.' && length == 2 && name[1] == '.')
		return vfs_parent(dir, out);
	error = dir.fs->ops->lookup(dir, name, length, out);
	if (!error)
		cross_down(out);
	return error;
}

int vfs_lookup(const char *path, bool follow, struct node *out)
{
	struct walk walk;
	int error = walk_start(&walk, path);

	if (!error)
		error = walk_last(&walk, follow, out);
	walk_end(&walk);
	return error;
}

int vfs_stat(struct node node, struct abi_stat *st)
{
	memset(st, 0, sizeof(*st));
	st->st_dev = node.fs->device;
	st->st_ino = vfs_ino(node);
	st->st_mode = node.fs->ops->mode(node);
	st->st_nlink = 1;
	st->st_blksize = 512;
	if (node.fs->ops->size)
		st->st_size = (long)node.fs->ops->size(node);
	st->st_blocks = (st->st_size + 511) >> 9;
	return node.fs->ops->stat ? node.fs->ops->stat(node, st) : 0;
}

int vfs_open_node(struct node node, struct file *file)
{
	uint32_t type = vfs_type(node);
	bool writes = (file->flags & ABI_O_ACCMODE) != ABI_O_RDONLY;
	int error;

	if (type == ABI_S_IFREG && writes && !node.fs->ops->write)
		return -EROFS;
	file->ops = type == ABI_S_IFDIR ? &file_directory_ops : &file_node_ops;
	error = node.fs->ops->open ? node.fs->ops->open(node, file) : 0;
	if (!error)
		file->node = node;
	return error;
}

int vfs_open_exec(const char *path, struct node *out)
{
	uint32_t mode;
	int error = vfs_lookup(path, true, out);

	if (error)
		return error;
	mode = out->fs->ops->mode(*out);
	if ((mode & ABI_S_IFMT) == ABI_S_IFREG && (mode & 0111) && out->fs->ops->read)
		return 0;
	vfs_release(*out);
	return -EACCES;
}

long vfs_read_exec(struct node node, size_t offset, void *buf, size_t count)
{
	return node.fs->ops->read(node, offset, buf, count);
}

const void *vfs_direct(struct node node, size_t *size)
{
	return node.fs->ops->direct ? node.fs->ops->direct(node, size) : NULL;
}
