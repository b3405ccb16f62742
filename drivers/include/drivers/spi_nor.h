/*
 * NOR flash on an SPI bus, of the kind of ISSI's IS25WP256: 32 MiB or more, so addresses have four bytes; pages of 256 bytes; erased by 64 KiB.
 */
#pragma once

#include <drivers/mtd.h>
#include <drivers/spi.h>

struct spi_nor {
	struct mtd_chip chip; /* first */
	const struct spi_bus *bus;
	bool stuck; /* an operation did not end in its time, and may still be under way */
};

/* Reads without asking what the device is; boot loaders. Does not sleep. */
void spi_nor_read(const struct spi_bus *bus, uint32_t offset, void *buf, size_t count);
/* Asks for the JEDEC identification. Boot. 0; -ENXIO: nothing answers; -ENODEV: a device that is not of this kind. */
int spi_nor_init(struct spi_nor *nor, const struct spi_bus *bus);
