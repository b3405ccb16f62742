/*
 * NAME OF THE BOARD: console, memory, and how the machine ends.
 */
#include <arch.h>
#include <board.h>
#include <drivers/irq.h>
#include <drivers/ns16550.h>
#include <drivers/rtc.h>
#include <riscv/riscv.h>

extern char __bss_end[];
void _start(void);

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

const void *board_rootfs(size_t *size)
{
	*size = BOARD_ROOTFS_SIZE;
	return (const void *)BOARD_ROOTFS_ADDRESS;
}

/* Nanoseconds since 1970, where there is a clock that knows. */
uint64_t rtc_read(void)
{
	return 0;
}

/* A register that switches the board off goes here; without one a debugger is told, or nobody. */
_Noreturn void arch_poweroff(int code)
{
	semihosting_exit(code);
}

_Noreturn void arch_restart(void)
{
	_start();
	__builtin_unreachable();
}
