/*
 * Changes of directories: mkdir, rmdir, unlink, rename. The file system does each in one step that fails whole.
 */
#include <fs/file.h>
#include <proc/process.h>
#include <proc/syscalls.h>

#include "walk.h"

/* Looks whether the last name exists; a mount point, which shows as another file system's root, is busy. */
static int find_last(struct walk *walk, uint32_t *type)
{
	struct node node;
	int error = walk_last(walk, false, &node);

	if (error)
		return error;
	*type = vfs_type(node);
	if (node.fs != walk->dir.fs)
		error = -EBUSY;
	vfs_release(node);
	return error;
}

static int make_directory(struct walk *walk, uint32_t mode)
{
	const struct fs_ops *ops = walk->dir.fs->ops;
	struct node node;
	int error = walk_last(walk, false, &node);

	if (!error) {
		vfs_release(node);
		return -EEXIST;
	}
	if (error != -ENOENT || walk_special(walk))
		return error;
	error = ops->create ? ops->create(walk->dir, walk->name, walk->length, ABI_S_IFDIR | mode, &node) : -EROFS;
	if (!error)
		vfs_release(node);
	return error;
}

long sys_mkdir(const char *path, int mode)
{
	struct walk walk;
	int error = walk_start(&walk, path);

	if (!error)
		error = make_directory(&walk, (uint32_t)mode & 0777u & ~(uint32_t)process_current()->umask);
	walk_end(&walk);
	return error;
}

static int remove_name(struct walk *walk, bool directory)
{
	const struct fs_ops *ops = walk->dir.fs->ops;
	uint32_t type;
	int error = find_last(walk, &type);

	if (error)
		return error;
	if (directory && type != ABI_S_IFDIR)
		return -ENOTDIR;
	if (!directory && type == ABI_S_IFDIR)
		return -EPERM;
	if (walk_special(
		    walk)) /* of directories only, so it is rmdir's: "/" is in use, "." is no name, ".." holds "." */
		return walk->length == 0 ? -EBUSY : walk->length == 1 ? -EINVAL : -ENOTEMPTY;
	return ops->remove ? ops->remove(walk->dir, walk->name, walk->length, directory) : -EROFS;
}

static long remove_path(const char *path, bool directory)
{
	struct walk walk;
	int error = walk_start(&walk, path);

	if (!error)
		error = remove_name(&walk, directory);
	walk_end(&walk);
	return error;
}

long sys_rmdir(const char *path)
{
	return remove_path(path, true);
}

long sys_unlink(const char *path)
{
	return remove_path(path, false);
}

static int rename_walked(struct walk *from, struct walk *to)
{
	const struct fs_ops *ops = from->dir.fs->ops;
	uint32_t type, to_type;
	int error = find_last(from, &type);

	if (error)
		return error;
	error = find_last(to, &to_type);
	if (error && (error != -ENOENT || walk_special(to)))
		return error;
	if (walk_special(from) || walk_special(to))
		return -EINVAL;
	if (to->slash && type != ABI_S_IFDIR)
		return -ENOTDIR;
	if (from->dir.fs != to->dir.fs)
		return -EXDEV;
	return ops->rename ? ops->rename(from->dir, from->name, from->length, to->dir, to->name, to->length) : -EROFS;
}

long sys_rename(const char *from, const char *to)
{
	struct walk from_walk, to_walk;
	int error = walk_start(&from_walk, from);

	if (!error) {
		error = walk_start(&to_walk, to);
		if (!error)
			error = rename_walked(&from_walk, &to_walk);
		walk_end(&to_walk);
	}
	walk_end(&from_walk);
	return error;
}
