/*
 * Reads layout tables. They are not trusted: all that a caller computes with was checked first.
 */
#include <abi/errno.h>
#include <drivers/flash_table.h>
#include <kernel/string.h>

#include <stdbool.h>

uint32_t flash_crc32(uint32_t crc, const void *bytes, size_t size)
{
	static const uint32_t nibble[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
		0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};
	const uint8_t *p = bytes;

	crc = ~crc;
	while (size--) {
		crc ^= *p++;
		crc = nibble[crc & 15] ^ crc >> 4;
		crc = nibble[crc & 15] ^ crc >> 4;
	}
	return ~crc;
}

/* The sum as it was taken: with 0 in its own place. */
static uint32_t table_sum(const struct flash_table *table)
{
	static const uint32_t none;
	uint32_t crc = flash_crc32(0, table, offsetof(struct flash_table, crc));

	crc = flash_crc32(crc, &none, sizeof(none));
	return flash_crc32(crc, table->part, table->parts * sizeof(table->part[0]));
}

static bool part_is_good(const struct flash_table *table, const struct flash_part *part)
{
	uint32_t in_block = table->erase_size - 1;

	if (part->name[FLASH_NAME_MAX] != '\0' || part->length > part->size)
		return false;
	if (part->bank != 0)
		return true; /* its driver knows that bank's geometry */
	return part->size && !(part->offset & in_block) && !(part->size & in_block) && part->offset < table->size &&
	       part->size <= table->size - part->offset;
}

int flash_table_check(const struct flash_table *table, uint32_t bank_size)
{
	if (table->magic != FLASH_MAGIC || table->version != FLASH_VERSION || table->parts > FLASH_PARTS_MAX ||
		table->size > bank_size || table->erase_size < 512 || (table->erase_size & (table->erase_size - 1)) ||
		table_sum(table) != table->crc)
		return -EINVAL;
	for (unsigned i = 0; i < table->parts; i++)
		if (!part_is_good(table, &table->part[i]))
			return -EINVAL;
	return 0;
}

const struct flash_part *flash_table_find(const struct flash_table *table, const char *name)
{
	for (unsigned i = 0; i < table->parts; i++)
		if (strcmp(table->part[i].name, name) == 0)
			return &table->part[i];
	return NULL;
}
