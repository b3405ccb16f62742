/*
 * Directories: the current one, and reading the entries of an open one.
 */
#include <fs/file.h>
#include <kernel/string.h>
#include <proc/process.h>
#include <proc/syscalls.h>

#include "cwd.h"

long sys_chdir(const char *path)
{
	struct node node;
	int error = vfs_lookup(path, true, &node);

	if (error)
		return error;
	error = vfs_type(node) == ABI_S_IFDIR ? cwd_change(node) : -ENOTDIR;
	if (error)
		vfs_release(node);
	return error;
}

long sys_fchdir(int fd)
{
	struct file *file = fdtable_get(&process_current()->files, fd);
	int error;

	if (!file)
		return -EBADF;
	if (file->ops != &file_directory_ops)
		return -ENOTDIR;
	vfs_hold(file->node);
	error = cwd_change(file->node);
	if (error)
		vfs_release(file->node);
	return error;
}

long sys_getcwd(char *buf, size_t size)
{
	return size == 0 ? -EINVAL : cwd_path(buf, size);
}

struct reader {
	char *buf;
	size_t room, used;
	bool full; /* an entry had no room */
};

static bool emit_dirent(void *arg, const char *name, size_t length, uint32_t ino, uint8_t type)
{
	struct reader *reader = arg;
	size_t size = (offsetof(struct abi_dirent, d_name) + length + 1 + 3) & ~(size_t)3;
	struct abi_dirent head = {ino, (uint16_t)size, type};
	char *to = reader->buf + reader->used;

	if (size > reader->room - reader->used) {
		reader->full = true;
		return false;
	}
	memset(to + size - 4, 0, 4);
	memcpy(to, &head, offsetof(struct abi_dirent, d_name));
	memcpy(to + offsetof(struct abi_dirent, d_name), name, length);
	reader->used += size;
	return true;
}

/* "." and ".." are the same in every file system. They are the positions 0 and 1 of the open directory; those
 * of the file system follow. */
static int emit_dots(struct file *file, struct reader *reader)
{
	struct node parent;
	int error;

	if (file->offset == 0 && emit_dirent(reader, ".", 1, vfs_ino(file->node), ABI_DT_DIR))
		file->offset = 1;
	if (file->offset != 1)
		return 0;
	error = vfs_parent(file->node, &parent);
	if (error) {
		file->offset = 2; /* a removed directory has no parent, and nothing in it */
		return error == -ENOENT ? 0 : error;
	}
	if (emit_dirent(reader, "..", 2, vfs_ino(parent), ABI_DT_DIR))
		file->offset = 2;
	vfs_release(parent);
	return 0;
}

static int emit_entries(struct file *file, struct reader *reader)
{
	size_t position = file->offset - 2;
	int error = file->node.fs->ops->readdir(file->node, &position, emit_dirent, reader);

	file->offset = position + 2;
	return error;
}

long sys_getdents(int fd, void *buf, size_t count)
{
	struct file *file = fdtable_get(&process_current()->files, fd);
	struct reader reader = {buf, count, 0, false};
	int error;

	if (!file)
		return -EBADF;
	if (file->ops != &file_directory_ops)
		return -ENOTDIR;
	error = emit_dots(file, &reader);
	if (!error && !reader.full)
		error = emit_entries(file, &reader);
	if (error)
		return error;
	return reader.full && reader.used == 0 ? -EINVAL : (long)reader.used;
}
