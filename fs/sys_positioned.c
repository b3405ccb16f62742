/*
 * pread and pwrite: an open file is read and written at another offset than its own.
 */
#include <fs/file.h>
#include <proc/process.h>
#include <proc/syscalls.h>

/* A description for one operation at `offset`, not at the end of the file, which leaves the offset of the real one alone. */
static int positioned(struct file *at, const struct file *file, bool write, long offset)
{
	if (!file || (file->flags & ABI_O_ACCMODE) == (write ? ABI_O_RDONLY : ABI_O_WRONLY))
		return -EBADF;
	if (!file->ops->lseek)
		return -ESPIPE;
	if (offset < 0)
		return -EINVAL;
	*at = *file;
	at->offset = (size_t)offset;
	at->flags &= ~(uint32_t)ABI_O_APPEND;
	return 0;
}

static long transfer(int fd, void *buf, size_t count, long offset, bool write)
{
	struct file at, *file = fdtable_get(&process_current()->files, fd);
	long result = positioned(&at, file, write, offset);

	if (result < 0)
		return result;
	file_hold(file);
	result = write ? at.ops->write(&at, buf, count) : at.ops->read(&at, buf, count);
	file_release(file);
	return result;
}

long sys_pread(int fd, void *buf, size_t count, long offset)
{
	return transfer(fd, buf, count, offset, false);
}

long sys_pwrite(int fd, const void *buf, size_t count, long offset)
{
	return transfer(fd, (void *)buf, count, offset, true);
}
