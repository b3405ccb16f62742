/*
 * Longan Nano: clocks, pins, console, memory.
 */
#include <board.h>
#include <drivers/gd32_usart.h>
#include <riscv/riscv.h>

#define REG(base, offset) (*(volatile uint32_t *)((base) + (offset)))
#define RCU_APB2EN REG(GD32_RCU_BASE, 0x18)
#define APB2EN_AFEN (1u << 0)
#define APB2EN_PAEN (1u << 2)
#define APB2EN_USART0EN (1u << 14)
#define GPIOA_CTL1 REG(GD32_GPIOA_BASE, 0x04)
#define CTL1_PA9_PA10 0x00000ff0u
#define CTL1_PA9_OUTPUT 0x000000b0u /* alternate function, push-pull, 50 MHz */
#define CTL1_PA10_INPUT 0x00000400u /* floating */

extern char __bss_end[];

static struct gd32_usart usart = {.serial.ops = &gd32_usart_ops, .base = GD32_USART0_BASE};
struct serial *const board_console = &usart.serial;

void board_init(const void *device_tree)
{
	(void)device_tree;
	RCU_APB2EN |= APB2EN_AFEN | APB2EN_PAEN | APB2EN_USART0EN;
	GPIOA_CTL1 = (GPIOA_CTL1 & ~CTL1_PA9_PA10) | CTL1_PA9_OUTPUT | CTL1_PA10_INPUT;
	gd32_usart_init(&usart, LONGAN_CLOCK_HZ, LONGAN_BAUD);
}

void board_ram(const void *device_tree, uintptr_t *start, uintptr_t *end)
{
	(void)device_tree;
	*start = (uintptr_t)__bss_end;
	*end = GD32_RAM_END;
}
