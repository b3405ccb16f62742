/*
 * HiFive1 Rev B: clock, pins, console, memory.
 */
#include <board.h>
#include <drivers/irq.h>
#include <drivers/sifive_uart.h>
#include <riscv/riscv.h>

#define REG(base, offset) (*(volatile uint32_t *)((base) + (offset)))
#define AON_LFROSCCFG REG(FE310_AON_BASE, 0x70)
#define LFROSC_EN (1u << 30)
#define PRCI_HFXOSCCFG REG(FE310_PRCI_BASE, 0x4)
#define PRCI_PLLCFG REG(FE310_PRCI_BASE, 0x8)
#define HFXOSC_EN (1u << 30)
#define HFXOSC_RDY (1u << 31)
#define PLL_SEL (1u << 16)
#define PLL_REFSEL (1u << 17)
#define PLL_BYPASS (1u << 18)
#define GPIO_IOF_EN REG(FE310_GPIO_BASE, 0x38)
#define GPIO_IOF_SEL REG(FE310_GPIO_BASE, 0x3c)
#define GPIO_UART0 (3u << 16)

extern char __bss_end[];

static struct sifive_uart uart = {.serial.ops = &sifive_uart_ops, .base = FE310_UART0_BASE};
struct serial *const board_console = &uart.serial;

uint32_t board_timer_hz;

/* mtime counts the real-time clock of 32768 Hz. QEMU's counts 10 MHz; it has no low-frequency oscillator, whose enable bit is set after
 * the chip's reset. */
static void timer_find(void)
{
	board_timer_hz = AON_LFROSCCFG & LFROSC_EN ? 32768 : 10000000;
}

/* The crystal, past the PLL: what the chip runs from after reset is not exact enough for the UART. */
static void clock_init(void)
{
	PRCI_HFXOSCCFG |= HFXOSC_EN;
	while (!(PRCI_HFXOSCCFG & HFXOSC_RDY))
		;
	PRCI_PLLCFG |= PLL_REFSEL | PLL_BYPASS;
	PRCI_PLLCFG |= PLL_SEL;
}

void board_init(const void *device_tree)
{
	(void)device_tree;
	timer_find();
	clock_init();
	GPIO_IOF_SEL &= ~GPIO_UART0;
	GPIO_IOF_EN |= GPIO_UART0;
	sifive_uart_init(&uart, HIFIVE1_CLOCK_HZ, HIFIVE1_BAUD);
	irq_attach(FE310_UART0_IRQ, sifive_uart_interrupt, &uart);
}

void board_ram(const void *device_tree, uintptr_t *start, uintptr_t *end)
{
	(void)device_tree;
	*start = (uintptr_t)__bss_end;
	*end = FE310_RAM_END;
}
