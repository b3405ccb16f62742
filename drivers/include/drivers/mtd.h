/*
 * Flash memory: chips, and the partitions of them that programs see as /dev/mtd0, /dev/mtd1, ... in the order in which they were added.
 * A bit of flash is set by erasing whole blocks and cleared by programming bytes.
 */
#pragma once

#include <kernel/sem.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mtd_chip;

/* What a driver does. Thread context, the chip's lock held, the range inside the chip. */
struct mtd_chip_ops {
	/* 0 or -EIO. Does not sleep: `buf` may be memory of the calling process. */
	int (*read)(struct mtd_chip *chip, uint32_t offset, void *buf, size_t count);
	/* Up to MTD_PROGRAM_MAX bytes that cross no multiple of it; `buf` is memory of the kernel, for it may sleep. 0; -EIO: a bit would have
	 * to be set (then nothing is changed), the chip reports a failure, or other bytes are read back; -EROFS: the block is locked;
	 * -ETIMEDOUT; -EBUSY: the kernel executes from the chip. */
	int (*program)(struct mtd_chip *chip, uint32_t offset, const void *buf, size_t count);
	/* The erase block that begins at `offset`. May sleep. 0, -EIO, -EROFS, -ETIMEDOUT, -EBUSY. */
	int (*erase)(struct mtd_chip *chip, uint32_t offset);
};
#define MTD_PROGRAM_MAX 64u

struct mtd_chip {
	const struct mtd_chip_ops *ops;
	uint32_t size, erase_size; /* bytes; erase blocks are all alike */
	struct mutex lock;         /* one operation at a time; held across its sleeps */
};

struct mtd {
	struct mtd *next;
	struct mtd_chip *chip;
	const char *name;
	uint32_t offset, size; /* whole erase blocks */
	bool writable;
};

/* The partitions, NULL: none. Boards add at boot; nothing is taken away. */
extern struct mtd *mtd_first;
void mtd_add(struct mtd *mtd);

/* For drivers, between two looks at a chip that is busy since `start`: returns at once for 200 microseconds, later lets others run for a
 * millisecond. Thread context. */
void mtd_pause(ticks_t start);
