/*
 * libFuzzer over romfs: walks whatever the bytes seem to hold, through every operation. The image lies in a
 * block of just its size, so that AddressSanitizer sees a read beyond it; the walk is bounded, so that an
 * endless loop shows as a timeout.
 */
#include <fs/romfs.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct walker {
	struct node dir;
	unsigned depth;
	unsigned budget; /* entries still to look at */
};

static void visit_file(struct node node)
{
	const struct fs_ops *ops = node.fs->ops;
	unsigned char buf[64];
	size_t size = 0;
	const unsigned char *bytes = ops->direct(node, &size);
	unsigned sum = 0;

	for (size_t i = 0; bytes && i < size; i++)
		sum += bytes[i];
	for (size_t at = 0; at < 256; at += 60)
		if (ops->read(node, at, buf, sizeof buf) > (long)sizeof buf)
			abort();
	if (bytes && size && ops->read(node, size - 1, buf, sizeof buf) != 1)
		abort();
	if (sum == 0xdeadbeef)
		abort(); /* keeps the sum */
}

static void visit(struct node node, struct walker *above);

static bool visit_entry(void *reader, const char *name, size_t length, uint32_t ino, uint8_t type)
{
	struct walker *walker = reader;
	struct node node;

	(void)ino, (void)type;
	if (walker->budget == 0)
		return false;
	walker->budget--;
	if (length == 0 || length > ABI_NAME_MAX)
		abort();
	if (walker->dir.fs->ops->lookup(walker->dir, name, length, &node) == 0)
		visit(node, walker);
	return true;
}

static void visit_directory(struct node node, struct walker *above)
{
	struct walker walker = {node, above->depth + 1, above->budget};
	struct node parent;
	size_t position = 0;

	node.fs->ops->parent(node, &parent);
	node.fs->ops->lookup(node, "nothing-has-this-name", 21, &parent);
	if (walker.depth < 6)
		node.fs->ops->readdir(node, &position, visit_entry, &walker);
	above->budget = walker.budget;
}

static void visit(struct node node, struct walker *above)
{
	uint32_t type = node.fs->ops->mode(node) & ABI_S_IFMT;
	const char *target;

	if (type == ABI_S_IFDIR)
		visit_directory(node, above);
	else if (type == ABI_S_IFREG)
		visit_file(node);
	else if (type == ABI_S_IFLNK && node.fs->ops->readlink(node, &target) == 0 && strlen(target) >= ABI_PATH_MAX)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *bytes = malloc(size ? size : 1);
	struct walker walker = {{NULL, 0}, 0, 2000};
	struct romfs romfs;

	memcpy(bytes, data, size);
	if (romfs_init(&romfs, bytes, size) == 0) {
		for (size_t position = 0; position < 512; position += 7) {
			size_t at = position;
			struct walker once = {{&romfs.fs, romfs.fs.root}, 6, 20};

			romfs.fs.ops->readdir(once.dir, &at, visit_entry, &once);
		}
		visit((struct node){&romfs.fs, romfs.fs.root}, &walker);
	}
	free(bytes);
	return 0;
}
