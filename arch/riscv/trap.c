/*
 * What traps mean: interrupts are handled, a program's faults become signals, a fault of the kernel is a panic.
 */
#include <abi/abi.h>
#include <arch.h>
#include <kernel/panic.h>
#include <kernel/thread.h>
#include <kernel/timer.h>
#include <kernel/trap.h>
#include <riscv/csr.h>
#include <riscv/riscv.h>

void trap_user(struct trapframe *frame, uintptr_t cause, uintptr_t address);

bool arch_poll_interrupts(void)
{
	uintptr_t pending = csr_read(mip) & csr_read(mie);

	if (pending & MIE_MTIE)
		timer_interrupt();
	if (pending & MIE_MEIE)
		plic_interrupt();
	return pending != 0;
}

void arch_idle(void)
{
	__asm__ volatile("wfi" ::: "memory");
	arch_poll_interrupts();
}

static int trap_signal(uintptr_t cause)
{
	switch (cause) {
	case CAUSE_ILLEGAL: return ABI_SIGILL;
	case CAUSE_BREAKPOINT: return ABI_SIGTRAP;
	case CAUSE_FETCH_MISALIGNED:
	case CAUSE_LOAD_MISALIGNED:
	case CAUSE_STORE_MISALIGNED: return ABI_SIGBUS;
	default: return ABI_SIGSEGV;
	}
}

void trap_user(struct trapframe *frame, uintptr_t cause, uintptr_t address)
{
	if (!(cause & MCAUSE_INTERRUPT))
		trap_fault(trap_signal(cause), frame, cause, address);
	else if (!arch_poll_interrupts())
		panic_trap(frame, cause, address); /* one that nobody enabled */
}
