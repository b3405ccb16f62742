/*
 * From the rows of a layout table to devices.
 */
#include <abi/errno.h>
#include <drivers/flash_parts.h>
#include <kernel/klog.h>
#include <kernel/string.h>

static bool fits(const struct mtd_chip *chip, uint32_t offset, uint32_t size)
{
	uint32_t in_block = chip->erase_size - 1;

	return size && !(offset & in_block) && !(size & in_block) && offset < chip->size && size <= chip->size - offset;
}

static unsigned add(struct mtd_chip *chip, struct mtd *mtd, const char *name, uint32_t offset, uint32_t size, bool writable)
{
	if (!fits(chip, offset, size)) {
		klog("flash: partition %s does not fit its chip\n", name);
		return 0;
	}
	*mtd = (struct mtd){.chip = chip, .name = name, .offset = offset, .size = size, .writable = writable};
	mtd_add(mtd);
	return 1;
}

unsigned flash_parts_add(const struct flash_table *table, unsigned bank, struct mtd_chip *chip, struct mtd *mtd)
{
	unsigned used = bank == 0 ? add(chip, mtd, "table", 0, table->erase_size, false) : 0;

	for (unsigned i = 0; i < table->parts; i++) {
		const struct flash_part *part = &table->part[i];

		if (part->bank == bank)
			used += add(chip, mtd + used, part->name, part->offset, part->size, part->flags & FLASH_PART_WRITABLE);
	}
	return used;
}

static int mapped_read(struct mtd_chip *chip, uint32_t offset, void *buf, size_t count)
{
	memcpy(buf, ((struct mapped_flash *)chip)->base + offset, count);
	return 0;
}

static int mapped_program(struct mtd_chip *chip, uint32_t offset, const void *buf, size_t count)
{
	(void)chip, (void)offset, (void)buf, (void)count;
	return -EBUSY;
}

static int mapped_erase(struct mtd_chip *chip, uint32_t offset)
{
	(void)chip, (void)offset;
	return -EBUSY;
}

static const struct mtd_chip_ops mapped_ops = {mapped_read, mapped_program, mapped_erase};

void mapped_flash_init(struct mapped_flash *flash, const void *base, uint32_t size, uint32_t erase_size)
{
	flash->chip = (struct mtd_chip){.ops = &mapped_ops, .size = size, .erase_size = erase_size};
	mutex_init(&flash->chip.lock);
	flash->base = base;
}
