/*
 * The file system of memfs.h. A node's number is the file's index + 1; the root is 0.
 */
#include "memfs.h"

#include "unit.h"

#include <string.h>

#define FILES 16

static struct {
	struct memfs_file file[FILES];
	unsigned count;
	bool mounted;
} memfs;

static struct memfs_file *file_of(struct node node)
{
	return node.id ? &memfs.file[node.id - 1] : NULL;
}

static int memfs_lookup(struct node dir, const char *name, size_t length, struct node *out)
{
	for (unsigned i = 0; i < memfs.count; i++) {
		if (strlen(memfs.file[i].name) != length || memcmp(memfs.file[i].name, name, length) != 0)
			continue;
		*out = (struct node){dir.fs, i + 1};
		memfs.file[i].holds++;
		return 0;
	}
	return -ENOENT;
}

static void memfs_hold(struct node node)
{
	if (node.id)
		file_of(node)->holds++;
}

static void memfs_release(struct node node)
{
	if (node.id)
		assert_true(file_of(node)->holds-- > 0);
}

static uint32_t memfs_mode(struct node node)
{
	return node.id ? file_of(node)->mode : ABI_S_IFDIR | 0755;
}

static size_t memfs_size(struct node node)
{
	return node.id ? file_of(node)->size : 0;
}

static int memfs_stat(struct node node, struct abi_stat *st)
{
	st->st_size = (long)memfs_size(node);
	return 0;
}

static int memfs_readlink(struct node node, const char **target)
{
	*target = file_of(node)->bytes;
	return 0;
}

static const void *memfs_direct(struct node node, size_t *size)
{
	*size = file_of(node)->size;
	return file_of(node)->direct ? file_of(node)->bytes : NULL;
}

static long memfs_read(struct node node, size_t offset, void *buf, size_t count)
{
	struct memfs_file *file = file_of(node);
	size_t left = offset < file->size ? file->size - offset : 0;

	if (file->reads_left >= 0 && file->reads_left-- == 0)
		return -EIO;
	count = count < left ? count : left;
	if (count)
		memcpy(buf, (const char *)file->bytes + offset, count);
	return (long)count;
}

static int memfs_deny_write(struct node node, bool deny)
{
	struct memfs_file *file = file_of(node);

	if (deny && file->busy)
		return -ETXTBSY;
	file->denied += deny ? 1 : -1;
	assert_true(file->denied >= 0);
	return 0;
}

static const struct fs_ops ops = {
	.lookup = memfs_lookup,
	.hold = memfs_hold,
	.release = memfs_release,
	.mode = memfs_mode,
	.size = memfs_size,
	.stat = memfs_stat,
	.readlink = memfs_readlink,
	.direct = memfs_direct,
	.read = memfs_read,
	.deny_write = memfs_deny_write,
};
static const struct fs fs = {.ops = &ops, .name = "memfs", .device = 99};

void memfs_reset(void)
{
	memfs.count = 0;
	if (!memfs.mounted)
		vfs_mount("/", &fs);
	memfs.mounted = true;
}

struct memfs_file *memfs_add(const char *name, const void *bytes, size_t size, uint32_t mode)
{
	struct memfs_file *file = &memfs.file[memfs.count++];

	assert_true(memfs.count <= FILES);
	*file = (struct memfs_file){
		.name = name, .bytes = bytes, .size = size, .mode = mode, .direct = true, .reads_left = -1};
	return file;
}

struct node memfs_node(const struct memfs_file *file)
{
	return (struct node){&fs, (uintptr_t)(file - memfs.file) + 1};
}

void memfs_assert_released(void)
{
	for (unsigned i = 0; i < memfs.count; i++)
		if (memfs.file[i].holds || memfs.file[i].denied)
			fail_msg("%s: %d holds, %d denials left", memfs.file[i].name, memfs.file[i].holds, memfs.file[i].denied);
}
