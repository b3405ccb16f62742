/*
 * Between cfi_flash.c and cfi_query.c: a bank's bus as its chips see it. Chips side by side get each command at the same time, on the lines of
 * their own, and answers on those. cfi_query.c is through before the first operation of cfi_flash.c; both leave the chips in read-array mode.
 */
#pragma once

#include <drivers/cfi_flash.h>

static inline unsigned cfi_chips(const struct cfi_flash *flash)
{
	return flash->width / flash->lane;
}

/* What the bus reads: of memory, of the query structure, or of the status, as the chips' mode is. */
static inline uint32_t cfi_get(const struct cfi_flash *flash, uint32_t offset)
{
	return flash->bus.read(&flash->bus, offset, flash->width);
}

/* The bus's word in which every chip finds `value`. */
uint32_t cfi_for_all(const struct cfi_flash *flash, uint32_t value);

/* Writes `value` to every chip. */
void cfi_command(const struct cfi_flash *flash, uint32_t offset, uint32_t value);

/* Makes the chips memory again. */
void cfi_array_mode(const struct cfi_flash *flash);

/*
 * Finds out how many chips of which width answer, and what they say of themselves: sets width, lane, locks, buffer, limits, chip.size and
 * chip.erase_size. The chips read as memory afterwards, whatever comes of it. 0 or an error of cfi_flash_init.
 */
int cfi_query(struct cfi_flash *flash, uint32_t window);
