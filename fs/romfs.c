/*
 * romfs images. A node is the offset of a file header, 16-byte aligned:
 *
 *	+0  offset of the next header of the directory (0: last), its low 4 bits: type (3) and "executable"
 *	+4  link: offset of the header it names; directory: offset of its first header
 *	+8  size of the data
 *	+12 checksum, not looked at
 *	+16 name, NUL-terminated, padded to 16; then the data
 *
 * All numbers are big-endian. The image is not trusted: every offset is checked against the image before it is
 * used, and the headers of a directory must follow each other upwards, as genromfs writes them, so that no loop
 * is endless. The checksums are left alone: they would not make a hostile image safer, and cost time at each
 * boot.
 */
#include <fs/romfs.h>
#include <kernel/string.h>

#include "names.h"

#define HEADER 16
#define TYPE_HARDLINK 0
#define TYPE_DIRECTORY 1
#define TYPE_FILE 2
#define TYPE_SYMLINK 3
#define EXECUTABLE 8
#define LINKS_MAX 4

static struct romfs *romfs_of(struct node node)
{
	return node.fs->data;
}

static inline uint32_t big_endian(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint32_t field(const struct romfs *romfs, size_t header, unsigned offset)
{
	return big_endian(romfs->image + header + offset);
}

/* Type and "executable" of a header. */
static inline unsigned kind_of(const struct romfs *romfs, size_t header)
{
	return romfs->image[header + 3] & 15u;
}

/* Is there a whole header, with at least the first 16 bytes of a name? */
static inline bool header_fits(const struct romfs *romfs, size_t header)
{
	return header <= romfs->size - 2 * HEADER;
}

/* Length of the name of a header that fits; a name that runs out of the image, or is longer than any name,
 * counts as empty. */
static size_t name_length(const struct romfs *romfs, size_t header)
{
	const char *name = (const char *)romfs->image + header + HEADER;
	size_t room = romfs->size - header - HEADER, length = 0;

	if (room > ABI_NAME_MAX + 1)
		room = ABI_NAME_MAX + 1;
	while (length < room && name[length] != '\0')
		length++;
	return length < room ? length : 0;
}

/* The header that a hard link stands for; 0 when it leads nowhere. */
static size_t resolve(const struct romfs *romfs, size_t header)
{
	for (unsigned i = 0; i < LINKS_MAX; i++) {
		if (!header_fits(romfs, header))
			return 0;
		if ((kind_of(romfs, header) & 7) != TYPE_HARDLINK)
			return header;
		header = field(romfs, header, 4) & ~(uint32_t)15;
	}
	return 0;
}

/* First header of a directory, 0 when it is empty or wrong. */
static size_t first_entry(struct node dir)
{
	const struct romfs *romfs = romfs_of(dir);
	size_t header = field(romfs, dir.id, 4) & ~(uint32_t)15;

	return header_fits(romfs, header) ? header : 0;
}

static inline size_t next_entry(const struct romfs *romfs, size_t header)
{
	size_t next = field(romfs, header, 0) & ~(uint32_t)15;

	return next > header && header_fits(romfs, next) ? next : 0;
}

/* Is the header called `name`? */
static inline bool has_name(const struct romfs *romfs, size_t header, const char *name, size_t length)
{
	const char *have = (const char *)romfs->image + header + HEADER;

	return romfs->size - header - HEADER > length && have[length] == '\0' && names_equal(have, name, length);
}

/* The header called `name` in a directory, 0 if there is none. The loop touches two words of each header. */
static size_t find(struct node dir, const char *name, size_t length)
{
	const struct romfs *romfs = romfs_of(dir);
	uint8_t first = (uint8_t)name[0];

	for (size_t header = first_entry(dir); header; header = next_entry(romfs, header))
		if (romfs->image[header + HEADER] == first && has_name(romfs, header, name, length))
			return header;
	return 0;
}

/* The same, by what was found lately. */
static size_t find_recent(struct node dir, const char *name, size_t length)
{
	struct romfs *romfs = romfs_of(dir);
	unsigned place = ((uint8_t)name[0] + (uint8_t)name[length - 1] + (unsigned)length) % ROMFS_RECENT;
	size_t header = romfs->recent[place].header;

	if (header && romfs->recent[place].dir == dir.id && has_name(romfs, header, name, length))
		return header;
	header = find(dir, name, length);
	romfs->recent[place].dir = (uint32_t)dir.id;
	romfs->recent[place].header = (uint32_t)header;
	return header;
}

static int romfs_lookup(struct node dir, const char *name, size_t length, struct node *out)
{
	size_t header = find_recent(dir, name, length);

	header = header ? resolve(romfs_of(dir), header) : 0;
	if (!header)
		return -ENOENT;
	*out = (struct node){dir.fs, header};
	return 0;
}

static int romfs_parent(struct node dir, struct node *out)
{
	int error = romfs_lookup(dir, "..", 2, out);

	return !error && (kind_of(romfs_of(dir), out->id) & 7) != TYPE_DIRECTORY ? -ENOENT : error;
}

static uint32_t romfs_mode(struct node node)
{
	unsigned kind = kind_of(romfs_of(node), node.id);

	switch (kind & 7) {
	case TYPE_DIRECTORY:
		return ABI_S_IFDIR | 0555;
	case TYPE_FILE:
		return ABI_S_IFREG | (kind & EXECUTABLE ? 0555 : 0444);
	case TYPE_SYMLINK:
		return ABI_S_IFLNK | 0777;
	default: /* devices, sockets and fifos: devfs has the ones that work */
		return ABI_S_IFCHR;
	}
}

/* Data of a file or link; NULL when they do not lie in the image. */
static const uint8_t *data_of(struct node node, size_t *size)
{
	const struct romfs *romfs = romfs_of(node);
	size_t start = (node.id + HEADER + name_length(romfs, node.id) + HEADER) & ~(size_t)15;

	*size = field(romfs, node.id, 8);
	return start <= romfs->size && *size <= romfs->size - start ? romfs->image + start : NULL;
}

static size_t romfs_size(struct node node)
{
	size_t size;
	unsigned type = kind_of(romfs_of(node), node.id) & 7;

	return (type == TYPE_FILE || type == TYPE_SYMLINK) && data_of(node, &size) ? size : 0;
}

static const void *romfs_direct(struct node node, size_t *size)
{
	return data_of(node, size);
}

static long romfs_read(struct node node, size_t offset, void *buf, size_t count)
{
	size_t size;
	const uint8_t *data = data_of(node, &size);

	if (!data)
		return -EIO;
	if (offset >= size)
		return 0;
	if (count > size - offset)
		count = size - offset;
	memcpy(buf, data + offset, count);
	return (long)count;
}

static int romfs_open(struct node node, struct file *file)
{
	(void)file;
	return (romfs_mode(node) & ABI_S_IFMT) == ABI_S_IFCHR ? -ENXIO : 0;
}

static int romfs_readlink(struct node node, const char **target)
{
	size_t size;
	const uint8_t *data = data_of(node, &size);

	/* genromfs leaves no room for a NUL, but the padding, or the top of the next header's offset, is one. */
	if (!data || size >= ABI_PATH_MAX || size >= romfs_of(node)->size - (size_t)(data - romfs_of(node)->image) ||
		data[size] != '\0')
		return -EIO;
	*target = (const char *)data;
	return 0;
}

static uint8_t dirent_type(struct node node)
{
	return (uint8_t)(romfs_mode(node) >> 12);
}

static int romfs_readdir(struct node dir, size_t *position, fs_emit emit, void *reader)
{
	const struct romfs *romfs = romfs_of(dir);
	size_t header = *position ? *position : first_entry(dir);

	if (*position == 1 || !header_fits(romfs, header))
		header = 0;
	for (; header; header = next_entry(romfs, header)) {
		const char *name = (const char *)romfs->image + header + HEADER;
		size_t length = name_length(romfs, header);
		struct node node = {dir.fs, resolve(romfs, header)};

		if (length == 0 || !node.id || (name[0] == '.' && (length == 1 || (length == 2 && name[1] == '.'))))
			continue;
		*position = header;
		if (!emit(reader, name, length, vfs_ino(node), dirent_type(node)))
			return 0;
	}
	*position = 1; /* no header is there: the end */
	return 0;
}

static const struct fs_ops romfs_ops = {
	.lookup = romfs_lookup,
	.parent = romfs_parent,
	.mode = romfs_mode,
	.open = romfs_open,
	.size = romfs_size,
	.readdir = romfs_readdir,
	.readlink = romfs_readlink,
	.direct = romfs_direct,
	.read = romfs_read,
};

int romfs_init(struct romfs *romfs, const void *image, size_t size)
{
	*romfs = (struct romfs){.fs = {&romfs_ops, "romfs", 0, romfs, 1}, .image = image, .size = size};
	if (size < 4 * HEADER || memcmp(image, "-rom1fs-", 8) != 0 || field(romfs, 0, 8) > size)
		return -EINVAL;
	romfs->fs.root = (HEADER + name_length(romfs, 0) + HEADER) & ~(size_t)15;
	if (!header_fits(romfs, romfs->fs.root) || (kind_of(romfs, romfs->fs.root) & 7) != TYPE_DIRECTORY)
		return -EINVAL;
	return 0;
}
