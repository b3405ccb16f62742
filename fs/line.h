/*
 * The console line: its two rings, and who sleeps on them. The terminal and the byte channel to the host share
 * it; one of them is the client of the driver at a time.
 */
#pragma once

#include <drivers/serial.h>
#include <fs/file.h>
#include <kernel/waitq.h>

#include "ring.h"

#define LINE_INPUT 256 /* a canonical line of MAX_CANON 255 bytes, newline included, and one more */
#define LINE_OUTPUT 64

struct line {
	struct ring in, out;
	struct waitq readers; /* sleep until there is input */
	struct waitq writers; /* sleep until the output ring has drained to half, or wholly */
	bool paused;          /* a byte was refused: the driver waits for receive_resume */
};

extern struct line line;

/* The driver's `transmit`, for both. */
int line_transmit(struct serial *serial);

/* Tells the driver that there is something to send, if there is. */
void line_kick(void);

/* After input was taken: lets the driver go on if it was refused. */
void line_resume(void);

/* Sleeps until more than `reserve` bytes of the output ring are free. 0, -EAGAIN (O_NONBLOCK) or -EINTR. */
int line_wait_room(const struct file *file, unsigned reserve);

/* Sleeps for input. 0, -EAGAIN (O_NONBLOCK), -EINTR, -ETIMEDOUT; -EFAULT when buf is no longer writable
 * afterwards. */
int line_wait_input(const struct file *file, const void *buf, size_t count, ticks_t deadline);
