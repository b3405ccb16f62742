/*
 * Partitions as a layout table lists them, and the chip whose content is only read.
 */
#pragma once

#include <abi/flash.h>
#include <drivers/mtd.h>

/*
 * Adds the partitions of bank `bank` as devices of `chip`, the table's own erase block first when the bank is 0. Those that do not lie on the chip in whole erase
 * blocks are left out, with a line in the kernel's log. `mtd` has room for FLASH_PARTS_MAX + 1; returns how many it took. Boot.
 */
unsigned flash_parts_add(const struct flash_table *table, unsigned bank, struct mtd_chip *chip, struct mtd *mtd);

/* A chip that is mapped at `base`, and in use there: the kernel or its programs execute from it. Reading is a copy; erasing and
 * programming are refused with -EBUSY, since the chip would not answer instruction fetches meanwhile. */
struct mapped_flash {
	struct mtd_chip chip; /* first */
	const uint8_t *base;
};
void mapped_flash_init(struct mapped_flash *flash, const void *base, uint32_t size, uint32_t erase_size);
