/*
 * For processors whose interrupt controller is not used: the timer is the only interrupt.
 */
#include <drivers/irq.h>
#include <riscv/riscv.h>

void plic_init(void)
{
}

void plic_interrupt(void)
{
}
