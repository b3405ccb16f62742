/*
 * What is done with an open file: read, write, lseek, ioctl, ftruncate. The operations of the file do the work.
 */
#include <fs/file.h>
#include <proc/process.h>
#include <proc/syscalls.h>

#include <limits.h>

static inline struct file *file_of(int fd)
{
	return fdtable_get(&process_current()->files, fd);
}

long sys_read(int fd, void *buf, size_t count)
{
	struct file *file = file_of(fd);

	if (!file || (file->flags & ABI_O_ACCMODE) == ABI_O_WRONLY)
		return -EBADF;
	if (!file->ops->read)
		return -EINVAL;
	return file->ops->read(file, buf, count);
}

long sys_write(int fd, const void *buf, size_t count)
{
	struct file *file = file_of(fd);

	if (!file || (file->flags & ABI_O_ACCMODE) == ABI_O_RDONLY)
		return -EBADF;
	if (!file->ops->write)
		return -EINVAL;
	return file->ops->write(file, buf, count);
}

long sys_lseek(int fd, long offset, int whence)
{
	struct file *file = file_of(fd);

	if (!file)
		return -EBADF;
	return file->ops->lseek ? file->ops->lseek(file, offset, whence) : -ESPIPE;
}

long sys_ioctl(int fd, unsigned long request, uintptr_t arg)
{
	struct file *file = file_of(fd);

	if (!file)
		return -EBADF;
	return file->ops->ioctl ? file->ops->ioctl(file, request, arg) : -ENOTTY;
}

long sys_ftruncate(int fd, long length)
{
	struct file *file = file_of(fd);

	if (!file)
		return -EBADF;
	if (length < 0 || (file->flags & ABI_O_ACCMODE) == ABI_O_RDONLY)
		return -EINVAL;
	if (file->ops->truncate)
		return file->ops->truncate(file, length);
	if (!file->node.fs || vfs_type(file->node) != ABI_S_IFREG || !file->node.fs->ops->truncate)
		return -EINVAL;
	if ((size_t)length > limits_file_size())
		return limits_file_exceeded();
	return file->node.fs->ops->truncate(file->node, length);
}
