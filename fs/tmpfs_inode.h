/*
 * Inodes of tmpfs: directory entries (tmpfs.c) name them, blocks (tmpfs_data.c) hold what files contain.
 */
#pragma once

#include <fs/tmpfs.h>
#include <kernel/timer.h>

struct entry {
	struct entry *next;
	struct inode *inode;
	uint32_t cookie; /* grows along the list: the position of directory readers */
	uint8_t length;
	char name[];
};

struct inode {
	uint16_t refs;  /* nodes held */
	uint16_t links; /* entries that name it, for directories as Unix counts them; 0: freed with the last hold */
	uint32_t mode;
	ticks_t changed; /* last change of the contents; a monotonic time, so that setting the clock moves it along */
	union {
		struct {
			uint8_t **block; /* NULL: a hole, reads as zeros. Bytes of a block beyond the size are zero */
			size_t slots;    /* of block */
			size_t size;     /* bytes of the file */
			uint32_t blocks; /* allocated */
			uint16_t writers, denied;
		} file;
		struct {
			struct entry *first;
			struct inode *parent; /* NULL once removed */
			uint32_t last_cookie;
		} dir;
	};
};

static inline struct inode *tmpfs_inode(struct node node)
{
	return (struct inode *)node.id;
}

long tmpfs_read(struct node node, size_t offset, void *buf, size_t count);
/* Fewer than count bytes, or -ENOSPC for none, when memory is out; -EFBIG. */
long tmpfs_write(struct node node, size_t offset, const void *buf, size_t count);
int tmpfs_truncate(struct node node, long length);
/* Empties the file. Other threads may run before it returns; to them the file is empty already. */
void tmpfs_drop_all(struct inode *inode);
