/*
 * QEMU's `virt` started from flash: bank 0 holds the layout table, the kernel and the root file system, executed in place, so it is only
 * read; bank 1 is for programs to write.
 */
#include <board.h>
#include <drivers/cfi_flash.h>
#include <drivers/flash_parts.h>
#include <drivers/flash_table.h>
#include <kernel/klog.h>
#include <kernel/panic.h>
#include <riscv/riscv.h>

#define TABLE ((const struct flash_table *)VIRT_FLASH0_BASE)

static struct {
	struct mapped_flash bank0;
	struct cfi_flash bank1;
	struct mtd part[FLASH_PARTS_MAX + 1];
} flash;

static void add_bank1(struct mtd *part)
{
	struct cfi_bus bus = cfi_memory_bus;
	int error;

	bus.base = VIRT_FLASH1_BASE;
	error = cfi_flash_init(&flash.bank1, &bus, VIRT_FLASH_SIZE);
	if (!error)
		flash_parts_add(TABLE, 1, &flash.bank1.chip, part);
	else
		klog("flash: nothing to use in bank 1 (%d)\n", error);
}

void virt_flash_init(void)
{
	if (flash_table_check(TABLE, VIRT_FLASH_SIZE))
		PANIC("flash: no layout table at the start of bank 0, or a damaged one");
	mapped_flash_init(&flash.bank0, TABLE, VIRT_FLASH_SIZE, TABLE->erase_size);
	add_bank1(flash.part + flash_parts_add(TABLE, 0, &flash.bank0.chip, flash.part));
}

const void *board_rootfs(size_t *size)
{
	const struct flash_part *part = flash_table_find(TABLE, "rootfs");

	if (!part || part->bank != 0)
		PANIC("flash: the layout table has no root file system in bank 0");
	*size = part->length;
	return (const uint8_t *)TABLE + part->offset;
}
