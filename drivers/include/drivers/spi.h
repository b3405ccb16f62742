/*
 * A bus of the serial peripheral interface with one device on it: bytes are exchanged while it is selected.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct spi_bus {
	void (*select)(const struct spi_bus *bus, bool on);
	/* Sends `count` bytes (NULL: zeros) and takes as many (NULL: they are dropped). Does not sleep. */
	void (*exchange)(const struct spi_bus *bus, const uint8_t *out, uint8_t *in, size_t count);
};
