/*
 * NAME OF THE BOARD: console and memory.
 */
#include <board.h>
#include <drivers/irq.h>
#include <drivers/ns16550.h>
#include <riscv/riscv.h>

extern char __bss_end[];

static struct ns16550 uart = {.serial.ops = &ns16550_ops, .base = UART_BASE};
struct serial *const board_console = &uart.serial;

/* Clocks and pins come first, where the boot loader has not set them up. */
void board_init(const void *device_tree)
{
	(void)device_tree;
	ns16550_init(&uart);
	irq_attach(UART_IRQ, ns16550_interrupt, &uart);
}

void board_ram(const void *device_tree, uintptr_t *start, uintptr_t *end)
{
	(void)device_tree;
	*start = (uintptr_t)__bss_end;
	*end = RAM_END;
}
