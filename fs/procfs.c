/*
 * /proc: the tree. A node is a number: pid << 8 | row of the table of files (procfs_files.c), with the row's
 * place taken by a special one for directories. A process may be gone at any time; then its files are not
 * found, and reads from open ones give ESRCH.
 */
#include "procfs_files.h"

#include <fs/file.h>
#include <kernel/klog.h>
#include <kernel/string.h>
#include <proc/process.h>

#include "names.h"

#define DIRECTORY 1 /* pid 0: the root */
#define SELF 2
#define FIRST_ROW 3

static unsigned pid_of(struct node node)
{
	return (unsigned)(node.id >> 8);
}

static unsigned kind_of(struct node node)
{
	return node.id & 0xff;
}

static struct node make(struct node like, unsigned pid, unsigned kind)
{
	return (struct node){like.fs, (uintptr_t)pid << 8 | kind};
}

/* The text of a pid; the buffer is used up before anybody else can run. */
static const char *decimal(unsigned pid)
{
	static char text[8];

	kformat(text, sizeof(text), "%u", pid);
	return text;
}

/* 0 when the name is no pid. */
static unsigned parse_pid(const char *name, size_t length)
{
	unsigned pid = 0;

	if (length == 0 || length > 5 || name[0] == '0')
		return 0;
	for (size_t i = 0; i < length; i++) {
		if (name[i] < '0' || name[i] > '9')
			return 0;
		pid = pid * 10 + (unsigned)(name[i] - '0');
	}
	return pid;
}

static bool same_name(const char *have, const char *name, size_t length)
{
	return strlen(have) == length && names_equal(have, name, length);
}

static int find_file(struct node dir, const char *name, size_t length, struct node *out)
{
	for (unsigned i = 0; i < procfs_file_count; i++) {
		if (procfs_files[i].of_process != (pid_of(dir) != 0) || !same_name(procfs_files[i].name, name, length))
			continue;
		*out = make(dir, pid_of(dir), FIRST_ROW + i);
		return 0;
	}
	return -ENOENT;
}

static int procfs_lookup(struct node dir, const char *name, size_t length, struct node *out)
{
	unsigned pid;

	if (pid_of(dir))
		return process_find((int)pid_of(dir)) ? find_file(dir, name, length, out) : -ENOENT;
	pid = parse_pid(name, length);
	if (pid) {
		*out = make(dir, pid, DIRECTORY);
		return process_find((int)pid) ? 0 : -ENOENT;
	}
	if (same_name("self", name, length)) {
		*out = make(dir, 0, SELF);
		return 0;
	}
	return find_file(dir, name, length, out);
}

static int procfs_parent(struct node dir, struct node *out)
{
	*out = make(dir, 0, DIRECTORY);
	return 0;
}

static uint32_t procfs_mode(struct node node)
{
	if (kind_of(node) == DIRECTORY)
		return ABI_S_IFDIR | 0555;
	if (kind_of(node) == SELF)
		return ABI_S_IFLNK | 0777;
	return ABI_S_IFREG | (procfs_files[kind_of(node) - FIRST_ROW].write ? 0200 : 0444);
}

static int procfs_readlink(struct node node, const char **target)
{
	(void)node;
	*target = decimal(process_current()->pid);
	return 0;
}

static int procfs_open(struct node node, struct file *file)
{
	bool writes = (file->flags & ABI_O_ACCMODE) != ABI_O_RDONLY;

	if (kind_of(node) < FIRST_ROW)
		return 0;
	return writes && !procfs_files[kind_of(node) - FIRST_ROW].write ? -EACCES : 0;
}

static int emit_files(struct node dir, size_t *position, fs_emit emit, void *reader)
{
	for (; *position < procfs_file_count; ++*position) {
		const struct procfs_file *file = &procfs_files[*position];
		struct node node = make(dir, pid_of(dir), FIRST_ROW + (unsigned)*position);

		if (file->of_process != (pid_of(dir) != 0))
			continue;
		if (!emit(reader, file->name, strlen(file->name), vfs_ino(node), ABI_DT_REG))
			return 0;
	}
	return 0;
}

/* Positions of the root: the files of the table, then "self", then the pids, each at count + pid. */
static int procfs_readdir(struct node dir, size_t *position, fs_emit emit, void *reader)
{
	size_t self = procfs_file_count;
	int error = emit_files(dir, position, emit, reader);
	struct process *process;

	if (error || pid_of(dir) || *position < self)
		return error;
	if (*position == self) {
		if (!emit(reader, "self", 4, vfs_ino(make(dir, 0, SELF)), ABI_DT_LNK))
			return 0;
		++*position;
	}
	while ((process = process_after_pid((int)(*position - self - 1)))) {
		const char *name = decimal(process->pid);

		*position = self + process->pid;
		if (!emit(reader, name, strlen(name), vfs_ino(make(dir, process->pid, DIRECTORY)), ABI_DT_DIR))
			return 0;
		++*position;
	}
	return 0;
}

/* A file is written out anew at each read, and what lies outside [offset, offset + count) is thrown away: no
 * buffer is kept. */
static long procfs_read(struct node node, size_t offset, void *buf, size_t count)
{
	const struct procfs_file *file = &procfs_files[kind_of(node) - FIRST_ROW];
	struct procfs_out out = {buf, count, offset, 0};
	const struct process *process = NULL;

	if (!file->show)
		return -EACCES;
	if (file->of_process) {
		process = process_find((int)pid_of(node));
		if (!process)
			return -ESRCH;
	}
	file->show(&out, process);
	return (long)out.done;
}

static long procfs_write(struct node node, size_t offset, const void *buf, size_t count)
{
	(void)offset;
	return procfs_files[kind_of(node) - FIRST_ROW].write(buf, count);
}

static int procfs_truncate(struct node node, long length)
{
	(void)node, (void)length;
	return 0; /* "> file" of the shell */
}

static const struct fs_ops procfs_ops = {
	.lookup = procfs_lookup,
	.parent = procfs_parent,
	.mode = procfs_mode,
	.open = procfs_open,
	.readdir = procfs_readdir,
	.readlink = procfs_readlink,
	.truncate = procfs_truncate,
	.read = procfs_read,
	.write = procfs_write,
};

const struct fs procfs = {.ops = &procfs_ops, .name = "procfs", .root = DIRECTORY, .device = 4};
