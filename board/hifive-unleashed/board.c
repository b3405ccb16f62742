/*
 * HiFive Unleashed: console, memory, flash, and how the machine ends.
 */
#include <arch.h>
#include <board.h>
#include <drivers/flash_parts.h>
#include <drivers/flash_table.h>
#include <drivers/irq.h>
#include <drivers/sifive_spi.h>
#include <drivers/sifive_uart.h>
#include <drivers/spi_nor.h>
#include <kernel/panic.h>
#include <riscv/riscv.h>

#include "../shared/fdt.h"
#include "../shared/probe.h"

#define GPIO(offset) (*(volatile uint32_t *)(FU540_GPIO_BASE + (offset)))
#define GPIO_OUTPUT_EN 0x08
#define GPIO_OUTPUT_VAL 0x0c

extern char __bss_end[];

static struct sifive_uart uart = {.serial.ops = &sifive_uart_ops, .base = FU540_UART0_BASE};
struct serial *const board_console = &uart.serial;

static struct {
	struct sifive_spi spi;
	struct spi_nor nor;
	struct mtd part[FLASH_PARTS_MAX + 1];
	union {
		struct flash_table head;
		uint8_t bytes[sizeof(struct flash_table) + FLASH_PARTS_MAX * sizeof(struct flash_part)];
	} table;
} flash;

static void flash_init(void)
{
	sifive_spi_init(&flash.spi, FU540_QSPI0_BASE, UNLEASHED_SPI_DIVISOR);
	if (spi_nor_init(&flash.nor, &flash.spi.bus))
		PANIC("flash: no device that is known");
	spi_nor_read(&flash.spi.bus, 0, flash.table.bytes, sizeof(flash.table));
	if (flash_table_check(&flash.table.head, flash.nor.chip.size))
		PANIC("flash: no layout table, or a damaged one");
	flash_parts_add(&flash.table.head, 0, &flash.nor.chip, flash.part);
}

void board_init(const void *device_tree)
{
	(void)device_tree;
	sifive_uart_init(&uart, UNLEASHED_CLOCK_HZ, UNLEASHED_BAUD);
	irq_attach(FU540_UART0_IRQ, sifive_uart_interrupt, &uart);
	flash_init();
}

static const struct flash_part *rootfs(void)
{
	const struct flash_part *part = flash_table_find(&flash.table.head, "rootfs");

	if (!part || part->load < (uintptr_t)__bss_end)
		PANIC("flash: the layout table has no root file system behind the kernel");
	return part;
}

static uintptr_t ram_end(const void *device_tree)
{
	uint64_t base, size;

	if (!fdt_memory(device_tree, &base, &size) || base != FU540_RAM_BASE)
		return probe_end(FU540_RAM_BASE, FU540_RAM_LIMIT);
	return FU540_RAM_BASE + (uintptr_t)(size < FU540_RAM_LIMIT - FU540_RAM_BASE ? size : FU540_RAM_LIMIT - FU540_RAM_BASE);
}

/* The kernel, a gap, the root file system as far as it is long, the heap. */
void board_ram(const void *device_tree, uintptr_t *start, uintptr_t *end)
{
	*start = ((uintptr_t)rootfs()->load + rootfs()->length + 15) & ~(uintptr_t)15;
	*end = ram_end(device_tree);
}

/* The boot loader has copied it there. */
const void *board_rootfs(size_t *size)
{
	*size = rootfs()->length;
	return (const void *)(uintptr_t)rootfs()->load;
}

/* The board cannot switch itself off: a debugger (or the emulator) that listens is told, otherwise it stops here. */
_Noreturn void arch_poweroff(int code)
{
	semihosting_exit(code);
}

/* A pin that is low resets the board. */
_Noreturn void arch_restart(void)
{
	GPIO(GPIO_OUTPUT_VAL) &= ~UNLEASHED_RESET_PIN;
	GPIO(GPIO_OUTPUT_EN) |= UNLEASHED_RESET_PIN;
	for (;;)
		__asm__ volatile("wfi");
}
