/*
 * The virtual file system: names, nodes, mounts. A node is named by value: the file system and a number that
 * means something to it (romfs: offset of the header; tmpfs: address of the inode; devfs: index; procfs: pid
 * and file). Holding one is counted only where the file system counts.
 *
 * All functions: thread context, current process. Results: 0 or more, or -Exxx.
 */
#pragma once

#include <abi/abi.h>
#include <abi/errno.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fs;
struct file;

struct node {
	const struct fs *fs;
	uintptr_t id;
};

/* Directory reading: returns false when the reader has no room for this entry (it comes again). */
typedef bool (*fs_emit)(void *reader, const char *name, size_t length, uint32_t ino, uint8_t type);

/* What a file system provides; absent operations give -EROFS (changes), -EINVAL (others). Constant, one per kind. */
struct fs_ops {
	/* Finds `name` in `dir` and holds what it finds. -ENOENT. Never asked for "." and "..". */
	int (*lookup)(struct node dir, const char *name, size_t length, struct node *out);
	/* Holds the directory above. Not asked of the root; -ENOENT when dir was removed. */
	int (*parent)(struct node dir, struct node *out);
	void (*hold)(struct node node);
	void (*release)(struct node node);
	uint32_t (*mode)(struct node node); /* type and permission bits: cheap, asked for at each component */
	int (*stat)(struct node node, struct abi_stat *st);
	int (*open)(struct node node, struct file *file);   /* may set file->ops and file->data */
	void (*close)(struct node node, struct file *file); /* undoes a successful open, after file->ops->close */
	size_t (*size)(struct node node);                   /* bytes of a regular file; cheap. Absent: 0 */
	/* Emits the entries from *position (0: the first) but "." and "..", until the end or emit's false;
	 * leaves *position at the first entry that was not taken. Position 0 comes first and no other; what is
	 * removed meanwhile moves no other entry. */
	int (*readdir)(struct node dir, size_t *position, fs_emit emit, void *reader);
	int (*readlink)(struct node node, const char **target); /* NUL-terminated, good until the next call or sleep */
	int (*create)(struct node dir, const char *name, size_t length, uint32_t mode,
		struct node *out); /* mode tells file or directory */
	int (*remove)(struct node dir, const char *name, size_t length, bool directory);
	int (*rename)(struct node from_dir, const char *from, size_t from_length, struct node to_dir, const char *to,
		size_t to_length);
	int (*chmod)(struct node node, uint32_t mode);
	int (*truncate)(struct node node, long length);
	/* Programs: where the file's bytes lie in memory for execution in place (NULL: they must be read). */
	const void *(*direct)(struct node node, size_t *size);
	long (*read)(struct node node, size_t offset, void *buf, size_t count);
	long (*write)(struct node node, size_t offset, const void *buf, size_t count);
	/* Denies or allows writers while the text of the file runs (ETXTBSY); -ETXTBSY when it is open for
	 * writing. */
	int (*deny_write)(struct node node, bool deny);
};

struct fs {
	const struct fs_ops *ops;
	const char *name;
	uintptr_t root; /* node id of the root */
	void *data;
	uint8_t device; /* st_dev */
};

/* Registers what lies at `path`; "/" first. Boot. Panics when the mount point does not exist. */
void vfs_mount(const char *path, const struct fs *fs);

/* Finds a path (relative to the current directory of the process). Holds *out. `follow`: a symbolic link at the
 * end is followed. -ENOENT -ENOTDIR -EACCES -ELOOP -ENAMETOOLONG. */
int vfs_lookup(const char *path, bool follow, struct node *out);
void vfs_hold(struct node node);
void vfs_release(struct node node);
/* st_ino, and d_ino of readdir: the node's number, which is never 0 for a node that exists. */
static inline uint32_t vfs_ino(struct node node)
{
	return (uint32_t)node.id;
}
static inline bool vfs_same(struct node a, struct node b)
{
	return a.fs == b.fs && a.id == b.id;
}

/* The type of the node: ABI_S_IF*. */
static inline uint32_t vfs_type(struct node node)
{
	return node.fs->ops->mode(node) & ABI_S_IFMT;
}

/* The root directory, not held: it stays anyway. */
struct node vfs_root(void);
/* The directory above, across mounts, held; the root is its own. -ENOENT when dir was removed. */
int vfs_parent(struct node dir, struct node *out);
/* Steps from the root of a mounted file system down to the directory that it covers (not held); others are left
 * as they are. */
struct node vfs_covered(struct node node);
/* Fills *st completely. */
int vfs_stat(struct node node, struct abi_stat *st);
/* Opens a node with file->flags: sets file->node (takes over the caller's hold when it succeeds) and file->ops.
 * -EROFS, -ETXTBSY, -EACCES, -ENXIO... */
int vfs_open_node(struct node node, struct file *file);

/* The current directory: shared after vfork, replaced by chdir. */
struct cwd;
struct cwd *cwd_root(void); /* the root directory, held; never fails (static) */
struct cwd *cwd_hold(struct cwd *cwd);
void cwd_release(struct cwd *cwd);

/* For execve: finds a program. Checks: exists, regular file (EACCES otherwise), some x bit (EACCES). Holds the
 * node. */
int vfs_open_exec(const char *path, struct node *out);
/* Bytes of a program, read where they are: up to count bytes at offset; fewer at the end of the file. */
long vfs_read_exec(struct node node, size_t offset, void *buf, size_t count);
/* Address and size of the whole file if it can be executed in place, else NULL. */
const void *vfs_direct(struct node node, size_t *size);
