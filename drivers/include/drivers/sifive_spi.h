/*
 * SiFive's SPI controller (FU540-C000 manual, chapter 19), device 0, by its FIFOs and polling. Its memory-mapped flash mode is switched off.
 */
#pragma once

#include <drivers/spi.h>

struct sifive_spi {
	struct spi_bus bus; /* first */
	uintptr_t base;
};

/* The clock of the bus is that of the controller / (2 * (divisor + 1)). */
void sifive_spi_init(struct sifive_spi *spi, uintptr_t base, uint32_t divisor);
