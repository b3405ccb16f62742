/*
 * The core-local interruptor's timer: mtime counts BOARD_TIMER_HZ a second, the interrupt is pending while mtime >= mtimecmp.
 */
#include <arch.h>
#include <board.h>

/* Where the two are, when not in a CLINT. */
#ifdef BOARD_MTIME
#define CLINT_MTIMECMP BOARD_MTIMECMP
#define CLINT_MTIME BOARD_MTIME
#else
#define CLINT_MTIMECMP (BOARD_CLINT_BASE + 0x4000)
#define CLINT_MTIME (BOARD_CLINT_BASE + 0xbff8)
#endif

#if __riscv_xlen == 64
uint64_t arch_time(void)
{
	return *(volatile uint64_t *)CLINT_MTIME;
}

void arch_timer_set(uint64_t deadline)
{
	*(volatile uint64_t *)CLINT_MTIMECMP = deadline;
}
#else
uint64_t arch_time(void)
{
	volatile uint32_t *mtime = (volatile uint32_t *)CLINT_MTIME;
	uint32_t high, low;

	do {
		high = mtime[1];
		low = mtime[0];
	} while (high != mtime[1]);
	return (uint64_t)high << 32 | low;
}

void arch_timer_set(uint64_t deadline)
{
	volatile uint32_t *mtimecmp = (volatile uint32_t *)CLINT_MTIMECMP;

	mtimecmp[0] = UINT32_MAX; /* no false match on the way: privileged specification, 3.2.1 */
	mtimecmp[1] = (uint32_t)(deadline >> 32);
	mtimecmp[0] = (uint32_t)deadline;
}
#endif
