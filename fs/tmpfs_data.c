/*
 * Contents of tmpfs files: an array of pointers to blocks of TMPFS_BLOCK bytes. Blocks are small, so that files
 * fill the holes that processes leave, and appear only where something was written.
 */
#include "tmpfs_inode.h"

#include <kernel/mem.h>
#include <kernel/string.h>
#include <kernel/thread.h>

#include <limits.h>

#define FREED_AT_ONCE 32 /* blocks between two preemption points */

_Static_assert((TMPFS_BLOCK & (TMPFS_BLOCK - 1)) == 0, "offsets are split by masking");

static size_t minimum(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Length of the part of [offset, offset + count) that lies in the block of offset. */
static size_t part_of(size_t offset, size_t count)
{
	return minimum(count, TMPFS_BLOCK - (offset & (TMPFS_BLOCK - 1)));
}

long tmpfs_read(struct node node, size_t offset, void *buf, size_t count)
{
	struct inode *inode = tmpfs_inode(node);
	char *to = buf;

	if (offset >= inode->file.size)
		return 0;
	count = minimum(count, inode->file.size - offset);
	for (size_t left = count, part; left; left -= part, offset += part, to += part) {
		size_t number = offset / TMPFS_BLOCK;
		const uint8_t *block = number < inode->file.slots ? inode->file.block[number] : NULL;

		part = part_of(offset, left);
		if (block)
			memcpy(to, block + (offset & (TMPFS_BLOCK - 1)), part);
		else
			memset(to, 0, part);
	}
	return (long)count;
}

/* Makes the array hold block `number`. It grows by half, so that appending stays cheap. */
static bool grow_array(struct inode *inode, size_t number)
{
	size_t slots = number + 1 > 4 ? number + 1 + number / 2 : 4;
	uint8_t **block;

	if (slots > SIZE_MAX / sizeof(*block) / 2)
		return false;
	block = mem_alloc(slots * sizeof(*block));
	if (!block) {
		slots = number + 1;
		block = mem_alloc(slots * sizeof(*block));
	}
	if (!block)
		return false;
	if (inode->file.slots)
		memcpy(block, inode->file.block, inode->file.slots * sizeof(*block));
	memset(block + inode->file.slots, 0, (slots - inode->file.slots) * sizeof(*block));
	mem_free(inode->file.block);
	inode->file.block = block;
	inode->file.slots = slots;
	return true;
}

/* The block to write to, made if it is missing; NULL without memory. */
static uint8_t *writable_block(struct inode *inode, size_t number)
{
	uint8_t **slot;

	if (number >= inode->file.slots && !grow_array(inode, number))
		return NULL;
	slot = &inode->file.block[number];
	if (!*slot) {
		*slot = mem_zalloc(TMPFS_BLOCK);
		inode->file.blocks += *slot != NULL;
	}
	return *slot;
}

long tmpfs_write(struct node node, size_t offset, const void *buf, size_t count)
{
	struct inode *inode = tmpfs_inode(node);
	size_t done = 0;

	if (count > 0 && offset >= LONG_MAX)
		return -EFBIG;
	count = minimum(count, LONG_MAX - offset);
	inode->changed = timer_now();
	while (done < count) {
		size_t part = part_of(offset, count - done);
		uint8_t *block = writable_block(inode, offset / TMPFS_BLOCK);

		if (!block)
			return done ? (long)done : -ENOSPC;
		memcpy(block + (offset & (TMPFS_BLOCK - 1)), (const char *)buf + done, part);
		done += part;
		offset += part;
		if (offset > inode->file.size)
			inode->file.size = offset;
	}
	return (long)done;
}

void tmpfs_drop_all(struct inode *inode)
{
	uint8_t **block = inode->file.block;
	size_t slots = inode->file.slots;

	inode->file.block = NULL;
	inode->file.slots = 0;
	inode->file.blocks = 0;
	inode->file.size = 0;
	for (size_t i = 0; i < slots; i++) {
		mem_free(block[i]);
		if (i % FREED_AT_ONCE == FREED_AT_ONCE - 1)
			thread_preempt_point();
	}
	mem_free(block);
}

/* Frees the blocks from number `from` on; they can be reached meanwhile, so there is no preemption point. */
static void drop_tail(struct inode *inode, size_t from)
{
	for (size_t i = from; i < inode->file.slots; i++) {
		inode->file.blocks -= inode->file.block[i] != NULL;
		mem_free(inode->file.block[i]);
		inode->file.block[i] = NULL;
	}
}

int tmpfs_truncate(struct node node, long length)
{
	struct inode *inode = tmpfs_inode(node);
	size_t size = (size_t)length, number = size / TMPFS_BLOCK, rest = size & (TMPFS_BLOCK - 1);

	inode->changed = timer_now();
	if (size == 0) {
		tmpfs_drop_all(inode);
		return 0;
	}
	if (size < inode->file.size) {
		drop_tail(inode, number + (rest != 0));
		if (rest && number < inode->file.slots && inode->file.block[number])
			memset(inode->file.block[number] + rest, 0, TMPFS_BLOCK - rest);
	}
	inode->file.size = size;
	return 0;
}
