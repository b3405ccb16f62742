/*
 * Open file descriptions and descriptors. A description is shared by dup and vfork and counted; a table of
 * descriptors belongs to one process. Close-on-exec lives in the table, status flags in the description.
 */
#pragma once

#include <fs/vfs.h>

#include <abi/abi.h>

struct file;

/* What an open file can do; absent operations give the errno that POSIX names for that kind. buf has been checked. */
struct file_ops {
	long (*read)(struct file *file, void *buf, size_t count);
	long (*write)(struct file *file, const void *buf, size_t count);
	long (*lseek)(struct file *file, long offset, int whence);
	int (*ioctl)(struct file *file, unsigned long request, uintptr_t arg);
	unsigned (*poll)(struct file *file); /* ABI_POLL* that hold now; whoever changes that calls poll_wake. Default: in and out */
	int (*stat)(struct file *file, struct abi_stat *st); /* default: the node's */
	int (*truncate)(struct file *file, long length);
	void (*close)(struct file *file); /* the last reference is gone; releases data, the VFS releases the node */
};

struct file {
	const struct file_ops *ops;
	uint32_t refs;
	uint32_t flags; /* ABI_O_* access mode and status flags */
	size_t offset;
	struct node node; /* fs == NULL for pipes */
	void *data;
};

/* Descriptors of one process: grows up to ABI_OPEN_MAX. The first ones live in the structure: an allocation for
 * them would cost vfork more than copying them. Slots from `top` on are empty, and so are their close-on-exec
 * bits. */
#define FDTABLE_INLINE 8
_Static_assert(ABI_OPEN_MAX <= 128, "sizes fit a byte");
struct fdtable {
	uint8_t size;       /* slots */
	uint8_t top;        /* 1 + highest slot that may be in use: bounds the work of copying and closing */
	uint8_t limit;      /* RLIMIT_NOFILE: new descriptors are lower; older ones stay */
	struct file **slot; /* `first`, or a block of its own */
	uint32_t cloexec[(ABI_OPEN_MAX + 31) / 32];
	struct file *first[FDTABLE_INLINE];
};

void fdtable_init(struct fdtable *table);
/* Makes `to` (uninitialised) a copy that shares the descriptions, flags included. 0 or -ENOMEM (then `to` is
 * empty and valid). */
int fdtable_copy(struct fdtable *to, const struct fdtable *from);
/* exec: closes what is marked close-on-exec. */
void fdtable_close_on_exec(struct fdtable *table);
/* Closes everything and gives the block back; the table is empty and valid afterwards. */
void fdtable_close_all(struct fdtable *table);
/* NULL when fd is not open. */
static inline struct file *fdtable_get(const struct fdtable *table, int fd)
{
	return (unsigned)fd < table->top ? table->slot[fd] : NULL;
}
/* Lowest free descriptor >= from and below the limit; takes over the caller's reference when it succeeds. -EMFILE, -ENOMEM. */
int fdtable_install(struct fdtable *table, struct file *file, int from, bool cloexec);
/* Makes fd (0 .. limit - 1) name the file, closing what it named. Takes over the reference when it
 * succeeds. 0, -ENOMEM. */
int fdtable_replace(struct fdtable *table, struct file *file, int fd, bool cloexec);
/* Frees the descriptor and drops its reference. 0, -EBADF. */
int fdtable_close(struct fdtable *table, int fd);
bool fdtable_get_cloexec(const struct fdtable *table, int fd);
void fdtable_set_cloexec(struct fdtable *table, int fd, bool cloexec);

struct file *file_alloc(const struct file_ops *ops, uint32_t flags); /* refs = 1; NULL without memory */
struct file *file_hold(struct file *file);
/* The last reference is gone: closes and frees. */
void file_destroy(struct file *file);
static inline void file_release(struct file *file)
{
	if (--file->refs == 0)
		file_destroy(file);
}
/* lseek for a file of that size: the new offset, or -EINVAL, -EOVERFLOW. */
long file_seek(struct file *file, size_t size, long offset, int whence);

/* read, write and lseek of a node by its file system, at file->offset: what an open regular file does. */
extern const struct file_ops file_node_ops;
/* An open directory: reading it is EISDIR, its offset belongs to getdents. */
extern const struct file_ops file_directory_ops;
