/*
 * The platform-level interrupt controller, context 0 (hart 0, M-mode): every attached source has priority 1, threshold 0.
 */
#include <abi/errno.h>
#include <board.h>
#include <drivers/irq.h>
#include <kernel/panic.h>
#include <riscv/csr.h>
#include <riscv/riscv.h>

#define PLIC_PRIORITY(source) (*(volatile uint32_t *)(uintptr_t)(BOARD_PLIC_BASE + 4 * (source)))
#define PLIC_ENABLE(source) (*(volatile uint32_t *)(uintptr_t)(BOARD_PLIC_BASE + 0x2000 + 4 * ((source) / 32)))
#define PLIC_THRESHOLD (*(volatile uint32_t *)(BOARD_PLIC_BASE + 0x200000))
#define PLIC_CLAIM (*(volatile uint32_t *)(BOARD_PLIC_BASE + 0x200004))

static struct {
	struct irq_source {
		unsigned number;
		void (*handler)(void *arg);
		void *arg;
	} source[BOARD_IRQ_SOURCES];
	unsigned count;
} plic;

void plic_init(void)
{
	PLIC_THRESHOLD = 0;
}

void irq_attach(unsigned source, void (*handler)(void *arg), void *arg)
{
	ASSERT(plic.count < BOARD_IRQ_SOURCES);
	plic.source[plic.count++] = (struct irq_source){source, handler, arg};
	PLIC_PRIORITY(source) = 1;
	PLIC_ENABLE(source) |= 1u << (source % 32);
}

static void plic_dispatch(unsigned number)
{
	for (unsigned i = 0; i < plic.count; i++)
		if (plic.source[i].number == number)
			plic.source[i].handler(plic.source[i].arg);
}

void plic_interrupt(void)
{
	for (uint32_t number; (number = PLIC_CLAIM) != 0; PLIC_CLAIM = number)
		plic_dispatch(number);
}
