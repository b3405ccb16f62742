/*
 * QEMU's `virt` machine: what exists and how to end it.
 */
#include <arch.h>
#include <board.h>
#include <drivers/irq.h>
#include <drivers/ns16550.h>
#include <riscv/riscv.h>

#include "fdt.h"
#include "probe.h"

#define TEST_FINISHER (*(volatile uint32_t *)VIRT_TEST_BASE)
#define TEST_PASS 0x5555u
#define TEST_FAIL 0x3333u
#define TEST_RESET 0x7777u

extern char __bss_end[];

static struct ns16550 uart = {.serial.ops = &ns16550_ops, .base = VIRT_UART_BASE};
struct serial *const board_console = &uart.serial;

void board_init(const void *device_tree)
{
	(void)device_tree;
	ns16550_init(&uart);
	irq_attach(VIRT_UART_IRQ, ns16550_interrupt, &uart);
	virt_flash_init();
}

/* Machines below 2 MiB get no device tree that fits into their RAM. */
static uintptr_t ram_end(const void *device_tree)
{
	uint64_t base, size;

	if (!probe_word((uintptr_t)device_tree & ~(uintptr_t)3) || !fdt_memory(device_tree, &base, &size) || base != VIRT_RAM_BASE)
		return probe_end(VIRT_RAM_BASE, VIRT_RAM_LIMIT);
	return VIRT_RAM_BASE + (uintptr_t)(size < VIRT_RAM_LIMIT - VIRT_RAM_BASE ? size : VIRT_RAM_LIMIT - VIRT_RAM_BASE);
}

void board_ram(const void *device_tree, uintptr_t *start, uintptr_t *end)
{
	*start = (uintptr_t)__bss_end; /* RAM begins with the kernel, or with its data when text stays in flash */
	*end = ram_end(device_tree);
}

_Noreturn void arch_poweroff(int code)
{
	TEST_FINISHER = code ? (uint32_t)code << 16 | TEST_FAIL : TEST_PASS;
	for (;;)
		__asm__ volatile("wfi");
}

_Noreturn void arch_restart(void)
{
	TEST_FINISHER = TEST_RESET;
	for (;;)
		__asm__ volatile("wfi");
}
