/*
 * open and close. Everything that can fail for want of memory or descriptors comes before a file is created or
 * truncated.
 */
#include <fs/file.h>
#include <proc/process.h>
#include <proc/syscalls.h>

#include "walk.h"

#define OPEN_STATUS (ABI_O_ACCMODE | ABI_O_APPEND | ABI_O_NONBLOCK)

static bool wants_write(int flags)
{
	return (flags & ABI_O_ACCMODE) != ABI_O_RDONLY;
}

/* May the existing `node` be opened like this? */
static int check_existing(struct node node, int flags)
{
	uint32_t type = vfs_type(node);

	if ((flags & ABI_O_CREAT) && (flags & ABI_O_EXCL))
		return -EEXIST;
	if (type == ABI_S_IFLNK)
		return -ELOOP;
	if (type == ABI_S_IFDIR)
		return wants_write(flags) || (flags & ABI_O_CREAT) ? -EISDIR : 0;
	return flags & ABI_O_DIRECTORY ? -ENOTDIR : 0;
}

static int create_file(const struct walk *walk, int mode, struct node *out)
{
	const struct fs_ops *ops = walk->dir.fs->ops;
	uint32_t bits = (uint32_t)mode & 0777u & ~(uint32_t)process_current()->umask;

	if (walk_special(walk))
		return -ENOENT;
	if (walk->slash)
		return -EISDIR;
	if (!ops->create)
		return -EROFS;
	return ops->create(walk->dir, walk->name, walk->length, ABI_S_IFREG | bits, out);
}

/* Finds or makes the file. Holds it. */
static int find_or_create(const char *path, int flags, int mode, struct node *out)
{
	bool follow = !(flags & ABI_O_NOFOLLOW) && !((flags & ABI_O_CREAT) && (flags & ABI_O_EXCL));
	struct walk walk;
	int error = walk_start(&walk, path);

	if (!error) {
		error = walk_last(&walk, follow, out);
		if (!error) {
			error = check_existing(*out, flags);
			if (error)
				vfs_release(*out);
		} else if (error == -ENOENT && (flags & ABI_O_CREAT)) {
			error = create_file(&walk, mode, out);
		}
	}
	walk_end(&walk);
	return error;
}

static int open_file(const char *path, int flags, int mode, struct file *file)
{
	struct node node;
	int error = find_or_create(path, flags, mode, &node);

	if (error)
		return error;
	error = vfs_open_node(node, file);
	if (error) {
		vfs_release(node);
		return error;
	}
	if ((flags & ABI_O_TRUNC) && wants_write(flags) && vfs_type(node) == ABI_S_IFREG && node.fs->ops->truncate)
		return node.fs->ops->truncate(node, 0);
	return 0;
}

long sys_open(const char *path, int flags, int mode)
{
	struct fdtable *table = &process_current()->files;
	struct file *file;
	int fd, error;

	if ((flags & ABI_O_ACCMODE) == ABI_O_ACCMODE)
		return -EINVAL;
	file = file_alloc(NULL, (uint32_t)flags & (OPEN_STATUS | ABI_O_NOCTTY));
	if (!file)
		return -ENOMEM;
	fd = fdtable_install(table, file, 0, flags & ABI_O_CLOEXEC);
	if (fd < 0) {
		file_release(file);
		return fd;
	}
	error = open_file(path, flags, mode, file);
	file->flags &= OPEN_STATUS; /* the rest was for the opening */
	if (error)
		fdtable_close(table, fd);
	return error ? error : fd;
}

long sys_close(int fd)
{
	return fdtable_close(&process_current()->files, fd);
}
