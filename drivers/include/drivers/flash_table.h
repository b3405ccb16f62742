/*
 * The layout table of a flash image (abi/flash.h). Any context; nothing is allocated.
 */
#pragma once

#include <abi/flash.h>

#include <stddef.h>

/* CRC-32 of IEEE 802.3 over `size` bytes, going on from `crc` (0: the first ones). */
uint32_t flash_crc32(uint32_t crc, const void *bytes, size_t size);
/*
 * Whether what lies at `table` is a layout table of a bank of `bank_size` bytes: magic number, version, sum, names that end, and every
 * partition of bank 0 made of whole erase blocks inside the bank, its content inside the partition. 0 or -EINVAL. At least an erase block of 512 bytes must be
 * readable there.
 */
int flash_table_check(const struct flash_table *table, uint32_t bank_size);
/* The partition of that name in a table that was checked, or NULL. */
const struct flash_part *flash_table_find(const struct flash_table *table, const char *name);
