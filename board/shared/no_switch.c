/*
 * How a machine ends that cannot switch itself off or reset itself: a debugger (or the emulator) that listens is told, otherwise it stops
 * here; a restart is a jump to where the chip began.
 */
#include <arch.h>
#include <riscv/riscv.h>

void _start(void);

_Noreturn void arch_poweroff(int code)
{
	semihosting_exit(code);
}

_Noreturn void arch_restart(void)
{
	_start();
	__builtin_unreachable();
}
