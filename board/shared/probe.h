/*
 * Finding out how much memory there is. Boot, before interrupts and user mode.
 */
#pragma once

#include <stdint.h>

/* End of the memory that begins at `start` and ends before `limit`, to 4 KiB. */
uintptr_t probe_end(uintptr_t start, uintptr_t limit);
