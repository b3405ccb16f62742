/*
 * Descriptors: dup, dup2, dup3, fcntl.
 */
#include <fs/file.h>
#include <proc/process.h>
#include <proc/syscalls.h>

#define SETTABLE (ABI_O_APPEND | ABI_O_NONBLOCK)

static struct fdtable *table_of_caller(void)
{
	return &process_current()->files;
}

/* The lowest free descriptor >= from becomes another name of the file. */
static long duplicate(struct file *file, int from, bool cloexec)
{
	int fd = fdtable_install(table_of_caller(), file, from, cloexec);

	if (fd >= 0)
		file_hold(file);
	return fd;
}

static long duplicate_onto(int fd, int newfd, bool cloexec)
{
	struct file *file = fdtable_get(table_of_caller(), fd);
	int error;

	if (!file || newfd < 0 || newfd >= table_of_caller()->limit)
		return -EBADF;
	if (fd == newfd)
		return newfd;
	error = fdtable_replace(table_of_caller(), file_hold(file), newfd, cloexec);
	if (error)
		file_release(file);
	return error ? error : newfd;
}

long sys_dup(int fd)
{
	struct file *file = fdtable_get(table_of_caller(), fd);

	return file ? duplicate(file, 0, false) : -EBADF;
}

long sys_dup2(int fd, int newfd)
{
	return duplicate_onto(fd, newfd, false);
}

long sys_dup3(int fd, int newfd, int flags)
{
	if ((flags & ~ABI_O_CLOEXEC) || fd == newfd)
		return -EINVAL;
	return duplicate_onto(fd, newfd, flags & ABI_O_CLOEXEC);
}

long sys_fcntl(int fd, int cmd, long arg)
{
	struct fdtable *table = table_of_caller();
	struct file *file = fdtable_get(table, fd);

	if (!file)
		return -EBADF;
	switch (cmd) {
	case ABI_F_DUPFD:
	case ABI_F_DUPFD_CLOEXEC:
		if (arg < 0 || arg >= table->limit)
			return -EINVAL;
		return duplicate(file, (int)arg, cmd == ABI_F_DUPFD_CLOEXEC);
	case ABI_F_GETFD:
		return fdtable_get_cloexec(table, fd) ? ABI_FD_CLOEXEC : 0;
	case ABI_F_SETFD:
		fdtable_set_cloexec(table, fd, arg & ABI_FD_CLOEXEC);
		return 0;
	case ABI_F_GETFL:
		return (long)file->flags;
	case ABI_F_SETFL:
		file->flags = (file->flags & ~(uint32_t)SETTABLE) | ((uint32_t)arg & SETTABLE);
		return 0;
	default:
		return -EINVAL;
	}
}
