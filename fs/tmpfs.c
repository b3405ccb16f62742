/*
 * The names of tmpfs. A node is the address of an inode. An inode lives as long as something names or holds it;
 * one that is removed while open is freed with the last hold.
 */
#include <fs/file.h>
#include <kernel/mem.h>
#include <kernel/string.h>
#include <proc/syscalls.h>

#include "names.h"
#include "tmpfs_inode.h"

static struct inode root = {
	.refs = 1,
	.links = 2,
	.mode = ABI_S_IFDIR | 0777,
};

static bool is_directory(const struct inode *inode)
{
	return (inode->mode & ABI_S_IFMT) == ABI_S_IFDIR;
}

static struct node node_of(const struct inode *inode)
{
	return (struct node){&tmpfs, (uintptr_t)inode};
}

static void free_if_unused(struct inode *inode)
{
	if (inode->refs || inode->links)
		return;
	if (!is_directory(inode))
		tmpfs_drop_all(inode);
	mem_free(inode);
}

static void tmpfs_hold(struct node node)
{
	tmpfs_inode(node)->refs++;
}

static void tmpfs_release(struct node node)
{
	tmpfs_inode(node)->refs--;
	free_if_unused(tmpfs_inode(node));
}

/* The pointer that leads to the entry called name: *result is NULL at the end of the list when there is none. */
static struct entry **find(struct inode *dir, const char *name, size_t length)
{
	struct entry **at = &dir->dir.first;

	while (*at && ((*at)->length != length || !names_equal((*at)->name, name, length)))
		at = &(*at)->next;
	return at;
}

static int tmpfs_lookup(struct node dir, const char *name, size_t length, struct node *out)
{
	struct entry *entry = *find(tmpfs_inode(dir), name, length);

	if (!entry)
		return -ENOENT;
	*out = node_of(entry->inode);
	tmpfs_hold(*out);
	return 0;
}

static int tmpfs_parent(struct node dir, struct node *out)
{
	struct inode *parent = tmpfs_inode(dir)->dir.parent;

	if (!parent)
		return -ENOENT;
	*out = node_of(parent);
	tmpfs_hold(*out);
	return 0;
}

static uint32_t tmpfs_mode(struct node node)
{
	return tmpfs_inode(node)->mode;
}

static size_t tmpfs_size(struct node node)
{
	return is_directory(tmpfs_inode(node)) ? 0 : tmpfs_inode(node)->file.size;
}

/* Seconds since 1970 of the last change: what the clock says now, less the time passed since. */
static int64_t changed_at(const struct inode *inode)
{
	struct abi_timespec now;
	uint64_t seconds;
	uint32_t nanoseconds;

	sys_clock_gettime(ABI_CLOCK_REALTIME, &now);
	timer_to_ns(timer_now() - inode->changed, &seconds, &nanoseconds);
	return now.tv_sec - (int64_t)seconds;
}

static int tmpfs_stat(struct node node, struct abi_stat *st)
{
	struct inode *inode = tmpfs_inode(node);

	st->st_nlink = inode->links;
	st->st_blksize = TMPFS_BLOCK;
	st->st_atim.tv_sec = st->st_mtim.tv_sec = st->st_ctim.tv_sec = changed_at(inode);
	st->st_blocks = is_directory(inode) ? 0 : (long)((inode->file.blocks * TMPFS_BLOCK + 511) / 512);
	return 0;
}

static int tmpfs_chmod(struct node node, uint32_t mode)
{
	struct inode *inode = tmpfs_inode(node);

	inode->mode = (inode->mode & ABI_S_IFMT) | mode;
	return 0;
}

static bool wants_write(const struct file *file)
{
	return (file->flags & ABI_O_ACCMODE) != ABI_O_RDONLY;
}

static int tmpfs_open(struct node node, struct file *file)
{
	struct inode *inode = tmpfs_inode(node);

	if (!wants_write(file))
		return 0;
	if (inode->file.denied)
		return -ETXTBSY;
	inode->file.writers++;
	return 0;
}

static void tmpfs_close(struct node node, struct file *file)
{
	if (wants_write(file))
		tmpfs_inode(node)->file.writers--;
}

static int tmpfs_deny_write(struct node node, bool deny)
{
	struct inode *inode = tmpfs_inode(node);

	if (!deny) {
		inode->file.denied--;
		return 0;
	}
	if (inode->file.writers)
		return -ETXTBSY;
	inode->file.denied++;
	return 0;
}

static int tmpfs_readdir(struct node node, size_t *position, fs_emit emit, void *reader)
{
	struct inode *dir = tmpfs_inode(node);

	for (struct entry *entry = dir->dir.first; entry; entry = entry->next) {
		if (entry->cookie < *position)
			continue;
		*position = entry->cookie;
		if (!emit(reader, entry->name, entry->length, vfs_ino(node_of(entry->inode)),
			    (uint8_t)(entry->inode->mode >> 12)))
			return 0;
	}
	*position = (size_t)dir->dir.last_cookie + 1;
	return 0;
}

/* Links an entry into a directory, at the end `at` of its list. */
static void add_entry(struct inode *dir, struct entry **at, struct entry *entry, struct inode *inode)
{
	entry->next = NULL;
	entry->inode = inode;
	entry->cookie = ++dir->dir.last_cookie;
	*at = entry;
	dir->changed = timer_now();
	if (is_directory(inode)) {
		inode->dir.parent = dir;
		dir->links++;
	}
}

static void remove_entry(struct inode *dir, struct entry **at)
{
	struct entry *entry = *at;

	if (is_directory(entry->inode))
		dir->links--;
	*at = entry->next;
	dir->changed = timer_now();
	mem_free(entry);
}

static struct entry *alloc_entry(const char *name, size_t length)
{
	struct entry *entry = mem_alloc(sizeof(*entry) + length);

	if (entry) {
		entry->length = (uint8_t)length;
		memcpy(entry->name, name, length);
	}
	return entry;
}

static int tmpfs_create(struct node node, const char *name, size_t length, uint32_t mode, struct node *out)
{
	struct inode *dir = tmpfs_inode(node), *inode;
	struct entry *entry;

	if (dir->links == 0)
		return -ENOENT;
	entry = alloc_entry(name, length);
	if (!entry)
		return -ENOSPC;
	inode = mem_zalloc(sizeof(*inode));
	if (!inode) {
		mem_free(entry);
		return -ENOSPC;
	}
	inode->refs = 1;
	inode->mode = mode;
	inode->links = is_directory(inode) ? 2 : 1;
	inode->changed = timer_now();
	add_entry(dir, find(dir, name, length), entry, inode);
	*out = node_of(inode);
	return 0;
}

/* The inode lost its name. */
static void drop_name(struct inode *inode)
{
	if (is_directory(inode)) {
		inode->links = 0;
		inode->dir.parent = NULL;
	} else {
		inode->links--;
	}
	free_if_unused(inode);
}

static int tmpfs_remove(struct node node, const char *name, size_t length, bool directory)
{
	struct inode *dir = tmpfs_inode(node), *inode;
	struct entry **at = find(dir, name, length);

	if (!*at)
		return -ENOENT;
	inode = (*at)->inode;
	if (directory && inode->dir.first)
		return -ENOTEMPTY;
	remove_entry(dir, at);
	drop_name(inode);
	return 0;
}

/* May `inode` take the name that `old` (NULL: nobody) has in `dir`? */
static int check_rename(struct inode *inode, struct inode *dir, struct inode *old)
{
	if (dir->links == 0)
		return -ENOENT;
	if (is_directory(inode))
		for (struct inode *up = dir; up; up = up->dir.parent)
			if (up == inode)
				return -EINVAL;
	if (!old)
		return 0;
	if (is_directory(inode) != is_directory(old))
		return is_directory(old) ? -EISDIR : -ENOTDIR;
	return is_directory(old) && old->dir.first ? -ENOTEMPTY : 0;
}

/* The allocation of the new entry is all that can fail; what the new name stood for gives way in the same step. */
static int tmpfs_rename(struct node from_node, const char *from, size_t from_length, struct node to_node,
	const char *to, size_t to_length)
{
	struct inode *from_dir = tmpfs_inode(from_node), *to_dir = tmpfs_inode(to_node);
	struct entry *source = *find(from_dir, from, from_length), *target = *find(to_dir, to, to_length), *entry;
	struct inode *inode, *old = target ? target->inode : NULL;
	int error;

	if (!source)
		return -ENOENT;
	inode = source->inode;
	if (inode == old)
		return 0;
	error = check_rename(inode, to_dir, old);
	if (error)
		return error;
	entry = alloc_entry(to, to_length);
	if (!entry)
		return -ENOSPC;
	if (old)
		remove_entry(to_dir, find(to_dir, to, to_length));
	remove_entry(from_dir, find(from_dir, from, from_length));
	add_entry(to_dir, find(to_dir, to, to_length), entry, inode);
	if (old)
		drop_name(old); /* last, since others may run meanwhile */
	return 0;
}

static const struct fs_ops tmpfs_ops = {
	.lookup = tmpfs_lookup,
	.parent = tmpfs_parent,
	.hold = tmpfs_hold,
	.release = tmpfs_release,
	.mode = tmpfs_mode,
	.stat = tmpfs_stat,
	.open = tmpfs_open,
	.close = tmpfs_close,
	.size = tmpfs_size,
	.readdir = tmpfs_readdir,
	.create = tmpfs_create,
	.remove = tmpfs_remove,
	.rename = tmpfs_rename,
	.chmod = tmpfs_chmod,
	.truncate = tmpfs_truncate,
	.read = tmpfs_read,
	.write = tmpfs_write,
	.deny_write = tmpfs_deny_write,
};

const struct fs tmpfs = {.ops = &tmpfs_ops, .name = "tmpfs", .root = (uintptr_t)&root, .device = 2};
