/*
 * Finding out what answers at an address. Boot, before interrupts and user mode.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Whether a load of a word from the address (aligned to 4) succeeds instead of trapping. */
bool probe_word(uintptr_t address);

/* End of the memory that begins at `start` and ends before `limit`, to 4 KiB. */
uintptr_t probe_end(uintptr_t start, uintptr_t limit);
