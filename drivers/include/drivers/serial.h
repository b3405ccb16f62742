/*
 * A serial line between a driver and its one client (the terminal, or the byte channel to the host). Interrupts are masked in all of it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct serial;

struct serial_client {
	/* A byte came in. False: no room; the driver keeps it, stops the line and waits for rx_resume. */
	bool (*receive)(struct serial *serial, uint8_t byte);
	/* A byte came in with wrong parity or framing, or (with byte 0) a break. */
	void (*receive_error)(struct serial *serial, uint8_t byte, bool is_break);
	/* Next byte to send, or -1 when there is none. */
	int (*transmit)(struct serial *serial);
};

struct serial_ops {
	/* There is something to send: ask the client for it, now or from an interrupt. */
	void (*transmit_start)(struct serial *serial);
	/* The client has room again. */
	void (*receive_resume)(struct serial *serial);
	/* Sends one byte by polling, past the client's queue: emergencies, and boot before interrupts. */
	void (*put)(struct serial *serial, uint8_t byte);
	/* Begins or ends a break. NULL: the hardware cannot. */
	void (*set_break)(struct serial *serial, bool on);
};

struct serial {
	const struct serial_ops *ops;
	const struct serial_client *client; /* set by serial_attach */
};

/* The board's console line. */
extern struct serial *const board_console;

/* Hands the line to a client; the one before is forgotten. What came in before there was a client still waits in the hardware, as far as
 * that keeps it. */
static inline void serial_attach(struct serial *serial, const struct serial_client *client)
{
	serial->client = client;
	serial->ops->receive_resume(serial);
}
