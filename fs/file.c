/*
 * Open file descriptions, and the operations of the ones that a file system backs directly.
 */
#include <fs/file.h>
#include <kernel/mem.h>
#include <kernel/thread.h>
#include <proc/user.h>

#include <limits.h>

/* What is moved in one stretch, without a preemption point; also what no other process can split. */
#define FILE_CHUNK ((size_t)4096)

struct file *file_alloc(const struct file_ops *ops, uint32_t flags)
{
	struct file *file = mem_zalloc(sizeof(*file));

	if (file) {
		file->ops = ops;
		file->refs = 1;
		file->flags = flags;
	}
	return file;
}

struct file *file_hold(struct file *file)
{
	file->refs++;
	return file;
}

void file_destroy(struct file *file)
{
	if (file->ops && file->ops->close)
		file->ops->close(file);
	if (file->node.fs) {
		if (file->node.fs->ops->close)
			file->node.fs->ops->close(file->node, file);
		vfs_release(file->node);
	}
	mem_free(file);
}

static size_t chunk_of(size_t count)
{
	return count < FILE_CHUNK ? count : FILE_CHUNK;
}

static long node_read(struct file *file, void *buf, size_t count)
{
	struct node node = file->node;
	size_t done = 0;

	if (!node.fs->ops->read)
		return -EINVAL;
	for (;;) {
		size_t wanted = chunk_of(count - done);
		long got = node.fs->ops->read(node, file->offset, (char *)buf + done, wanted);

		if (got < 0)
			return done ? (long)done : got;
		file->offset += (size_t)got;
		done += (size_t)got;
		if ((size_t)got < wanted || done == count)
			return (long)done;
		thread_preempt_point();
		if (!user_writable((char *)buf + done, count - done))
			return (long)done;
	}
}

/* How much of `wanted` lies within the process's limit of file sizes. */
static size_t room_for(const struct file *file, size_t wanted)
{
	size_t most = limits_file_size();

	if (wanted <= most && file->offset <= most - wanted)
		return wanted;
	if (vfs_type(file->node) != ABI_S_IFREG)
		return wanted;
	return file->offset < most ? most - file->offset : 0;
}

static long node_write(struct file *file, const void *buf, size_t count)
{
	struct node node = file->node;
	size_t done = 0;

	if (!node.fs->ops->write)
		return -EINVAL;
	for (;;) {
		size_t wanted = chunk_of(count - done);
		long put;

		if ((file->flags & ABI_O_APPEND) && node.fs->ops->size)
			file->offset = node.fs->ops->size(node);
		wanted = room_for(file, wanted);
		if (wanted == 0 && count)
			return done ? (long)done : limits_file_exceeded();
		put = node.fs->ops->write(node, file->offset, (const char *)buf + done, wanted);
		if (put < 0)
			return done ? (long)done : put;
		file->offset += (size_t)put;
		done += (size_t)put;
		if ((size_t)put < wanted || done == count)
			return (long)done;
		thread_preempt_point();
		if (!user_readable((const char *)buf + done, count - done))
			return (long)done;
	}
}

long file_seek(struct file *file, size_t size, long offset, int whence)
{
	long base;

	if (whence == ABI_SEEK_SET)
		base = 0;
	else if (whence == ABI_SEEK_CUR)
		base = (long)file->offset;
	else if (whence == ABI_SEEK_END)
		base = (long)size;
	else
		return -EINVAL;
	if (offset > LONG_MAX - base)
		return -EOVERFLOW;
	if (base + offset < 0)
		return -EINVAL;
	file->offset = (size_t)(base + offset);
	return base + offset;
}

static long node_lseek(struct file *file, long offset, int whence)
{
	const struct fs_ops *ops = file->node.fs->ops;

	return file_seek(file, whence == ABI_SEEK_END && ops->size ? ops->size(file->node) : 0, offset, whence);
}

static long directory_read(struct file *file, void *buf, size_t count)
{
	(void)file, (void)buf, (void)count;
	return -EISDIR;
}

const struct file_ops file_node_ops = {
	.read = node_read,
	.write = node_write,
	.lseek = node_lseek,
};

const struct file_ops file_directory_ops = {
	.read = directory_read,
	.lseek = node_lseek,
};
