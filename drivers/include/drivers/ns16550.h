/*
 * The 16550 UART with byte-wide registers one apart.
 */
#pragma once

#include <drivers/serial.h>

#include <stdint.h>

struct ns16550 {
	struct serial serial; /* first: ops = &ns16550_ops */
	uintptr_t base;
	bool paused; /* reception waits for the client */
	bool holds;  /* ... which refused `held` */
	uint8_t held;
	uint8_t ier;
};

extern const struct serial_ops ns16550_ops;

void ns16550_init(struct ns16550 *uart);
/* The interrupt handler; arg is the struct. */
void ns16550_interrupt(void *arg);
