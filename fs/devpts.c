/*
 * /dev/pts: a name for each pseudo-terminal whose master is open, which is its number. A node is that number plus 2; 1 is the directory.
 */
#include <fs/file.h>
#include <kernel/klog.h>
#include <kernel/string.h>

#include "names.h"
#include "pty.h"

#define DEVPTS_ROOT 1
#define NAME_SIZE 4

/* Terminals count from the console: /dev/pts/0 is number 1, and node 2. */
static unsigned number_of(struct node node)
{
	return (unsigned)node.id - 1;
}

static size_t name_of(unsigned number, char name[NAME_SIZE])
{
	kformat(name, NAME_SIZE, "%u", number - 1);
	return strlen(name);
}

static int devpts_lookup(struct node dir, const char *name, size_t length, struct node *out)
{
	char text[NAME_SIZE];

	for (const struct tty *tty = pty_after(0); tty; tty = pty_after(tty->number)) {
		if (name_of(tty->number, text) != length || !names_equal(text, name, length))
			continue;
		*out = (struct node){dir.fs, tty->number + 1u};
		return 0;
	}
	return -ENOENT;
}

static uint32_t devpts_mode(struct node node)
{
	return node.id == DEVPTS_ROOT ? ABI_S_IFDIR | 0755 : ABI_S_IFCHR | 0620;
}

static int devpts_stat(struct node node, struct abi_stat *st)
{
	st->st_rdev = (int16_t)(node.id == DEVPTS_ROOT ? 0 : 2 << 8 | number_of(node));
	return 0;
}

static int devpts_open(struct node node, struct file *file)
{
	struct tty *tty;
	int error;

	if (node.id == DEVPTS_ROOT)
		return 0;
	tty = pty_after(number_of(node) - 1);
	error = tty && tty->number == number_of(node) ? tty_open(tty, file) : -EIO;
	file->ops = error ? NULL : &tty_ops; /* what was not opened is not closed */
	return error;
}

static int devpts_readdir(struct node dir, size_t *position, fs_emit emit, void *reader)
{
	char name[NAME_SIZE];

	for (const struct tty *tty; (tty = pty_after((unsigned)*position)); *position = tty->number) {
		struct node node = {dir.fs, tty->number + 1u};

		if (!emit(reader, name, name_of(tty->number, name), vfs_ino(node), ABI_DT_CHR))
			return 0;
	}
	return 0;
}

static const struct fs_ops devpts_ops = {
	.lookup = devpts_lookup,
	.mode = devpts_mode,
	.stat = devpts_stat,
	.open = devpts_open,
	.readdir = devpts_readdir,
};

extern const struct fs devpts;
const struct fs devpts = {.ops = &devpts_ops, .name = "devpts", .root = DEVPTS_ROOT, .device = 5};
