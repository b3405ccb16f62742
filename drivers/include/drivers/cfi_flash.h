/*
 * NOR flash that describes itself (JEDEC JEP137, the Common Flash Interface) and takes Intel's commands (sets 0x0001 and 0x0003): one
 * chip, or several side by side that fill the bus, each of which gets every command and answers on its own lines.
 */
#pragma once

#include <drivers/mtd.h>

/* How the chips are reached. `offset` is a multiple of `width`: 1, 2 or 4 bytes. */
struct cfi_bus {
	uint32_t (*read)(const struct cfi_bus *bus, uint32_t offset, unsigned width);
	void (*write)(const struct cfi_bus *bus, uint32_t offset, unsigned width, uint32_t value);
	uintptr_t base;
};

/* Loads and stores at bus->base. */
extern const struct cfi_bus cfi_memory_bus;

struct cfi_flash {
	struct mtd_chip chip; /* first */
	struct cfi_bus bus;
	uint8_t width;    /* bytes of the bus */
	uint8_t lane;     /* bytes of it that belong to one chip */
	bool locks;       /* blocks are locked after reset, and must be unlocked one by one */
	bool stuck;       /* an operation did not end in its time, and may still be under way */
	uint32_t buffer;  /* bytes that one command programs, all chips together; 0: one word only */
	ticks_t program_limit, erase_limit;
};

/*
 * Asks what is at `bus` and prepares `flash` for it; the chips read as memory afterwards. `window` is how many bytes of address space they may have. Boot. 0; -ENXIO: nothing answers, or chips
 * that answer differently; -ENODEV: another command set, or erase blocks of several sizes; -EINVAL: what they say is no geometry, or does not fit the window;
 * -EBUSY: this code lies in the window, so that a query would pull it away from under the processor. Then no command was sent.
 */
int cfi_flash_init(struct cfi_flash *flash, const struct cfi_bus *bus, uint32_t window);
