/*
 * bench: the counter. Natively, where the program is only tried out, it counts nanoseconds.
 */
#include "bench.h"

#ifdef __riscv

unsigned long bench_cycles(void)
{
	unsigned long n;

	__asm__ volatile(".option push\n\t"
			 ".option arch, +zicsr\n\t"
			 "rdcycle %0\n\t"
			 ".option pop"
			 : "=r"(n));
	return n;
}

#else

#include <time.h>

unsigned long bench_cycles(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (unsigned long)ts.tv_sec * 1000000000ul + (unsigned long)ts.tv_nsec;
}

#endif
