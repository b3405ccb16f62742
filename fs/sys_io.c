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

/* With several threads another one may close the descriptor while this one sleeps: the file is held. */
static __attribute__((noinline)) long read_held(struct file *file, void *buf, size_t count)
{
	long result = file->ops->read(file_hold(file), buf, count);

	file_release(file);
	return result;
}

static __attribute__((noinline)) long write_held(struct file *file, const void *buf, size_t count)
{
	long result = file->ops->write(file_hold(file), buf, count);

	file_release(file);
	return result;
}

long sys_read(int fd, void *buf, size_t count)
{
	struct file *file = file_of(fd);

	if (!file || (file->flags & ABI_O_ACCMODE) == ABI_O_WRONLY)
		return -EBADF;
	if (!file->ops->read)
		return -EINVAL;
	if (process_current()->threads)
		return read_held(file, buf, count);
	return file->ops->read(file, buf, count);
}

long sys_write(int fd, const void *buf, size_t count)
{
	struct file *file = file_of(fd);

	if (!file || (file->flags & ABI_O_ACCMODE) == ABI_O_RDONLY)
		return -EBADF;
	if (!file->ops->write)
		return -EINVAL;
	if (process_current()->threads)
		return write_held(file, buf, count);
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
	int result;

	if (!file)
		return -EBADF;
	file_hold(file);
	result = file->ops->ioctl ? file->ops->ioctl(file, request, arg) : -ENOTTY;
	file_release(file);
	return result;
}

static long truncate(struct file *file, long length)
{
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

long sys_ftruncate(int fd, long length)
{
	struct file *file = file_of(fd);
	long result;

	if (!file)
		return -EBADF;
	result = truncate(file_hold(file), length);
	file_release(file);
	return result;
}
