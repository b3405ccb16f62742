/*
 * /dev: a table of devices, one row each, and flash partitions. A node is the row's number plus 2; 1 is the directory; from MTD_NODES on a
 * partition's number. A device whose driver is not in the build has no operations, and does not exist.
 */
#include <fs/devfs.h>
#include <fs/file.h>
#include <fs/mtd.h>
#include <kernel/config.h>
#include <kernel/klog.h>
#include <kernel/string.h>
#include <kernel/thread.h>
#include <kernel/timer.h>
#include <proc/user.h>

#include "names.h"
#include "tty_line.h"

#define DEVFS_ROOT 1
#define FIRST_ROW 2
#define MTD_NODES 0x1000
#define PART ((size_t)512) /* bytes made at a time */

/* null, zero and full. */

static long null_read(struct file *file, void *buf, size_t count)
{
	(void)file, (void)buf, (void)count;
	return 0;
}

static long null_write(struct file *file, const void *buf, size_t count)
{
	(void)file, (void)buf;
	return (long)count;
}

static long null_lseek(struct file *file, long offset, int whence)
{
	(void)file, (void)offset, (void)whence;
	return 0;
}

/* Fills the reader's memory part by part, with a preemption point between two. */
static long fill(void *buf, size_t count, void (*make)(uint8_t *bytes, size_t count))
{
	uint8_t *bytes = buf;

	for (size_t done = 0, part; done < count; done += part) {
		part = count - done < PART ? count - done : PART;
		if (done)
			thread_preempt_point();
		if (!user_writable(bytes + done, part))
			return (long)done;
		make(bytes + done, part);
	}
	return (long)count;
}

static void make_zeros(uint8_t *bytes, size_t count)
{
	memset(bytes, 0, count);
}

static long zero_read(struct file *file, void *buf, size_t count)
{
	(void)file;
	return fill(buf, count, make_zeros);
}

static long full_write(struct file *file, const void *buf, size_t count)
{
	(void)file, (void)buf;
	return count ? -ENOSPC : 0;
}

/* random: a small generator (xorshift) stirred by the time of each read. Good for dice and temporary names. It
 * is NOT fit for keys: the boards have no source of entropy, and the timer can be guessed. */

static uint32_t random_state = 0x9e3779b9u;

static void make_random(uint8_t *bytes, size_t count)
{
	random_state += (uint32_t)timer_now();
	if (random_state == 0)
		random_state = 1;
	for (size_t i = 0; i < count; i++) {
		random_state ^= random_state << 13;
		random_state ^= random_state >> 17;
		random_state ^= random_state << 5;
		bytes[i] = (uint8_t)(random_state >> 24);
	}
}

static long random_read(struct file *file, void *buf, size_t count)
{
	(void)file;
	return fill(buf, count, make_random);
}

static long kmsg_read(struct file *file, void *buf, size_t count)
{
	size_t got = klog_read(buf, count, file->offset);

	file->offset += got;
	return (long)got;
}

/* What is written goes into the log, a line or a part of one at a time. */
static long kmsg_write(struct file *file, const void *buf, size_t count)
{
	const char *text = buf;
	char line[48];
	size_t length = 0;

	(void)file;
	while (length < count && length < sizeof(line) - 1 && (length == 0 || line[length - 1] != '\n')) {
		line[length] = text[length];
		length++;
	}
	line[length] = '\0';
	klog("%s", line);
	return (long)length;
}

static const struct file_ops null_ops = {.read = null_read, .write = null_write, .lseek = null_lseek};
static const struct file_ops zero_ops = {.read = zero_read, .write = null_write, .lseek = null_lseek};
static const struct file_ops full_ops = {.read = zero_read, .write = full_write, .lseek = null_lseek};
static const struct file_ops random_ops = {.read = random_read, .write = null_write, .lseek = null_lseek};
static const struct file_ops kmsg_ops = {.read = kmsg_read, .write = kmsg_write};

#define CHR ABI_S_IFCHR

static const struct device {
	const char *name;
	uint16_t mode;
	const struct file_ops *ops;
	int (*open)(struct file *file); /* NULL: nothing more to do */
} devices[] = {
	{"console", CHR | 0600, &tty_ops, console_open},
	{"full", CHR | 0666, &full_ops, NULL},
	{"hostio", CHR | 0600, &hostio_ops, hostio_open},
	{"kmsg", CHR | 0600, &kmsg_ops, NULL},
	{"null", CHR | 0666, &null_ops, NULL},
	{"ptmx", CHR | 0666, &ptmx_ops, ptmx_open},
	{"pts", ABI_S_IFDIR | 0755, &file_directory_ops, NULL}, /* devpts is mounted here */
	{"random", CHR | 0666, &random_ops, NULL},
	{"tty", CHR | 0666, &tty_ops, tty_open_own},
	{"urandom", CHR | 0666, &random_ops, NULL},
	{"zero", CHR | 0666, &zero_ops, NULL},
};
#define DEVICES (sizeof(devices) / sizeof(devices[0]))

static inline bool is_mtd(struct node node)
{
	return CONFIG_MTD && node.id >= MTD_NODES;
}

static inline unsigned mtd_of(struct node node)
{
	return (unsigned)(node.id - MTD_NODES);
}

static int lookup_mtd(struct node dir, const char *name, size_t length, struct node *out)
{
	int number = mtd_number(name, length);

	*out = (struct node){dir.fs, (uintptr_t)(MTD_NODES + number)};
	return number < 0 ? -ENOENT : 0;
}

static int devfs_lookup(struct node dir, const char *name, size_t length, struct node *out)
{
	for (size_t i = 0; i < DEVICES && dir.id == DEVFS_ROOT; i++) {
		if (devices[i].name[0] != name[0] || !devices[i].ops || strlen(devices[i].name) != length ||
			!names_equal(devices[i].name, name, length))
			continue;
		*out = (struct node){dir.fs, i + FIRST_ROW};
		return 0;
	}
	return CONFIG_MTD && dir.id == DEVFS_ROOT ? lookup_mtd(dir, name, length, out) : -ENOENT;
}

static int devfs_parent(struct node dir, struct node *out)
{
	*out = (struct node){dir.fs, DEVFS_ROOT};
	return 0;
}

static uint32_t devfs_mode(struct node node)
{
	if (is_mtd(node))
		return ABI_S_IFBLK | 0600;
	return node.id == DEVFS_ROOT ? ABI_S_IFDIR | 0755 : devices[node.id - FIRST_ROW].mode;
}

static int devfs_stat(struct node node, struct abi_stat *st)
{
	if (is_mtd(node))
		mtd_stat(mtd_of(node), st);
	else
		st->st_rdev = (int16_t)(node.id == DEVFS_ROOT ? 0 : 1 << 8 | node.id);
	return 0;
}

static int devfs_open(struct node node, struct file *file)
{
	const struct device *device;
	int error;

	if (node.id == DEVFS_ROOT)
		return 0;
	if (is_mtd(node))
		return mtd_open(file, mtd_of(node));
	device = &devices[node.id - FIRST_ROW];
	error = device->open ? device->open(file) : 0;
	file->ops = error ? NULL : device->ops; /* what was not opened is not closed */
	return error;
}

static int readdir_mtd(struct node dir, size_t *position, fs_emit emit, void *reader)
{
	char name[MTD_NAME_MAX];

	for (; mtd_exists((unsigned)(*position - DEVICES)); ++*position) {
		unsigned number = (unsigned)(*position - DEVICES);
		struct node node = {dir.fs, MTD_NODES + number};

		if (!emit(reader, name, mtd_name(number, name), vfs_ino(node), ABI_DT_BLK))
			return 0;
	}
	return 0;
}

static int devfs_readdir(struct node dir, size_t *position, fs_emit emit, void *reader)
{
	for (; *position < DEVICES && dir.id == DEVFS_ROOT; ++*position) {
		const struct device *device = &devices[*position];
		struct node node = {dir.fs, *position + FIRST_ROW};

		if (device->ops && !emit(reader, device->name, strlen(device->name), vfs_ino(node), (uint8_t)(device->mode >> 12)))
			return 0;
	}
	return CONFIG_MTD && dir.id == DEVFS_ROOT ? readdir_mtd(dir, position, emit, reader) : 0;
}

static const struct fs_ops devfs_ops = {
	.lookup = devfs_lookup,
	.parent = devfs_parent,
	.mode = devfs_mode,
	.stat = devfs_stat,
	.open = devfs_open,
	.readdir = devfs_readdir,
};

const struct fs devfs = {.ops = &devfs_ops, .name = "devfs", .root = DEVFS_ROOT, .device = 3};
