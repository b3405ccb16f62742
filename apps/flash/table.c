/*
 * Checks the sums of a layout table (abi/flash.h): its own, and those of the partitions beside it.
 */
#include "table.h"

#include <abi/flash.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "out.h"
#include "partition.h"

static union {
	struct flash_table head;
	uint8_t bytes[sizeof(struct flash_table) + FLASH_PARTS_MAX * sizeof(struct flash_part)];
} table;

static uint32_t crc32(uint32_t crc, const uint8_t *bytes, size_t size)
{
	crc = ~crc;
	while (size--) {
		crc ^= *bytes++;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

static int table_read(void)
{
	struct mtd_info_user mtd;
	uint32_t sum, size;
	int fd = partition_open_number(0, O_RDONLY, &mtd);

	if (fd < 0 || read(fd, table.bytes, sizeof table) != (ssize_t)sizeof table)
		return msg_error("mtd0");
	close(fd);
	if (table.head.magic != FLASH_MAGIC || table.head.version != FLASH_VERSION || table.head.parts > FLASH_PARTS_MAX)
		return msg_text("table", "there is none");
	sum = table.head.crc;
	size = sizeof(struct flash_table) + table.head.parts * sizeof(struct flash_part);
	table.head.crc = 0;
	return crc32(0, table.bytes, size) == sum ? 0 : msg_text("table", "wrong sum");
}

/* The sum of the first bytes of a partition; 0, or -1 with errno. */
static int sum_of(const struct flash_part *part, uint32_t *sum)
{
	struct mtd_info_user mtd;
	uint8_t bytes[512];
	uint32_t left = part->length;
	int fd = partition_open(part->name, O_RDONLY, &mtd);

	if (fd < 0)
		return -1;
	for (*sum = 0; left > 0;) {
		ssize_t n = read(fd, bytes, left < sizeof bytes ? left : sizeof bytes);

		if (n <= 0)
			return -1;
		*sum = crc32(*sum, bytes, (size_t)n);
		left -= (uint32_t)n;
	}
	close(fd);
	return 0;
}

static int check_part(struct flash_part *part)
{
	uint32_t sum;

	part->name[FLASH_NAME_MAX] = '\0';
	if (part->bank != 0 || part->length == 0)
		return 0;
	if (sum_of(part, &sum))
		return msg_error(part->name);
	if (sum != part->crc)
		return msg_text(part->name, "wrong sum");
	out_str(part->name);
	out_str(": ");
	out_num(part->length);
	out_str(" bytes, good\n");
	return 0;
}

int table_check(void)
{
	int status = table_read();

	if (status)
		return status;
	table.head.release[sizeof table.head.release - 1] = '\0';
	out_str("release ");
	out_str(table.head.release);
	out_char('\n');
	for (unsigned i = 0; i < table.head.parts; i++)
		status |= check_part((struct flash_part *)(table.bytes + sizeof(struct flash_table)) + i);
	return out_end(status);
}
