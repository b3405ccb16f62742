/*
 * What is known of a file: stat, lstat, fstat, access, readlink; and its mode: chmod, umask.
 */
#include <fs/file.h>
#include <kernel/string.h>
#include <proc/process.h>
#include <proc/syscalls.h>

static long stat_path(const char *path, bool follow, struct abi_stat *st)
{
	struct node node;
	int error = vfs_lookup(path, follow, &node);

	if (error)
		return error;
	error = vfs_stat(node, st);
	vfs_release(node);
	return error;
}

long sys_stat(const char *path, struct abi_stat *st)
{
	return stat_path(path, true, st);
}

long sys_lstat(const char *path, struct abi_stat *st)
{
	return stat_path(path, false, st);
}

long sys_fstat(int fd, struct abi_stat *st)
{
	struct file *file = fdtable_get(&process_current()->files, fd);

	if (!file)
		return -EBADF;
	return file->ops->stat ? file->ops->stat(file, st) : vfs_stat(file->node, st);
}

/* There is one user, who may do everything but write to what cannot be written and execute what nobody may
 * execute. */
static int check_access(struct node node, int mode)
{
	const struct fs_ops *ops = node.fs->ops;
	uint32_t bits = ops->mode(node), type = bits & ABI_S_IFMT;

	if ((mode & ABI_W_OK) && ((type == ABI_S_IFREG && !ops->write) || (type == ABI_S_IFDIR && !ops->create)))
		return -EROFS;
	if ((mode & ABI_X_OK) && type != ABI_S_IFDIR && !(bits & 0111))
		return -EACCES;
	return 0;
}

long sys_access(const char *path, int mode)
{
	struct node node;
	int error;

	if (mode & ~(ABI_R_OK | ABI_W_OK | ABI_X_OK))
		return -EINVAL;
	error = vfs_lookup(path, true, &node);
	if (error)
		return error;
	error = check_access(node, mode);
	vfs_release(node);
	return error;
}

long sys_readlink(const char *path, char *buf, size_t size)
{
	const char *target;
	struct node node;
	int error = vfs_lookup(path, false, &node);

	if (error)
		return error;
	error = vfs_type(node) == ABI_S_IFLNK && size > 0 ? node.fs->ops->readlink(node, &target) : -EINVAL;
	if (!error) {
		size_t length = strlen(target);

		size = length < size ? length : size;
		memcpy(buf, target, size);
	}
	vfs_release(node);
	return error ? error : (long)size;
}

long sys_chmod(const char *path, int mode)
{
	struct node node;
	int error = vfs_lookup(path, true, &node);

	if (error)
		return error;
	error = node.fs->ops->chmod ? node.fs->ops->chmod(node, (uint32_t)mode & 07777u) : -EROFS;
	vfs_release(node);
	return error;
}

long sys_umask(int mask)
{
	struct process *process = process_current();
	uint16_t old = process->umask;

	process->umask = mask & 0777;
	return old;
}
