/*
 * The size of memory where nobody tells it: bisection between an address that answers and one that does not.
 */
#include "probe.h"

#include <riscv/riscv.h>

#define GRAIN ((uintptr_t)4096)

uintptr_t probe_end(uintptr_t start, uintptr_t limit)
{
	uintptr_t answers = start & ~(GRAIN - 1), silent = limit & ~(GRAIN - 1);

	while (silent - answers > GRAIN) {
		uintptr_t middle = answers + ((silent - answers) / 2 & ~(GRAIN - 1));

		if (probe_word(middle))
			answers = middle;
		else
			silent = middle;
	}
	return silent;
}
