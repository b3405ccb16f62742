/*
 * The layout table of a flash image: what lies where. Written by tools/lib/flashimage.py, read by the kernel, by boot loaders and by
 * flash(1). docs/flash.md has the picture. Little-endian, at the first byte of bank 0, alone in its erase block.
 */
#pragma once

#include <stdint.h>

#define FLASH_MAGIC 0x54464c53u /* "SLFT" */
#define FLASH_VERSION 1
#define FLASH_PARTS_MAX 8
#define FLASH_NAME_MAX 11

#define FLASH_PART_WRITABLE 1 /* programs may erase and program it through /dev/mtd* */

/* A partition: whole erase blocks. What is in it is `length` bytes from its start, 0 when the image has nothing for it. */
struct flash_part {
	char name[FLASH_NAME_MAX + 1]; /* NUL-terminated */
	uint8_t bank;
	uint8_t flags; /* FLASH_PART_* */
	uint16_t reserved;
	uint32_t offset, size; /* in the bank */
	uint32_t length, crc;  /* of the content; CRC-32 of IEEE 802.3 */
	uint32_t load;         /* address that the content is made for: where it lies, or where a loader copies it */
};

struct flash_table {
	uint32_t jump; /* an instruction, jal x0 to the first program: a reset that leads here goes on there */
	uint32_t magic;
	uint16_t version, parts;
	uint32_t erase_size; /* bytes of an erase block of bank 0, a power of two */
	uint32_t size;       /* bytes of bank 0 */
	char release[16];    /* of the system, NUL-terminated */
	uint32_t crc;        /* of this structure with its parts, this field taken as 0 */
	struct flash_part part[];
};

_Static_assert(sizeof(struct flash_part) == 36, "tools/lib/flashimage.py");
_Static_assert(sizeof(struct flash_table) == 40, "tools/lib/flashimage.py");
