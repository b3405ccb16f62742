/*
 * The lines of terminals: two rings of bytes, who sleeps on them, and a driver that carries them: the serial one of the console, or the master's side of a
 * pseudo-terminal. The console's is shared with the byte channel to the host; one of the two is the client of the serial driver at a time.
 */
#pragma once

#include <drivers/serial.h>
#include <fs/file.h>
#include <kernel/config.h>
#include <kernel/waitq.h>

#include "ring.h"

#define LINE_INPUT CONFIG_LINE_INPUT

struct line;

/* What carries a line. Interrupts masked; `start` and `resume` in any context, the others in threads. */
struct line_driver {
	void (*start)(struct line *line);                /* there is something to send: take it with line_next */
	void (*resume)(struct line *line);               /* input was refused, and there is room again */
	int (*opened)(struct line *line);                /* one more open file: 0, or -Exxx to refuse it. NULL: nothing to do */
	void (*closed)(struct line *line);               /* one less; may free the line. NULL: nothing to do */
	void (*set_break)(struct line *line, bool on);   /* NULL: it has no such condition */
};

/* Why output is held back. */
#define LINE_HELD_BY_CHARACTER 1 /* VSTOP came in */
#define LINE_HELD_BY_CALL 2      /* tcflow */

struct line {
	struct ring in, out;
	struct waitq readers; /* sleep until there is input */
	struct waitq writers; /* sleep until the output ring has drained to half, or wholly */
	const struct line_driver *driver;
	bool paused;          /* a byte was refused: the driver waits for `resume` */
	uint8_t held;         /* LINE_HELD_* */
	uint8_t urgent;       /* goes out before all else and when output is held: VSTART or VSTOP for the other side; 0: nothing */
};

/* Both sizes are powers of two. */
void line_init(struct line *line, const struct line_driver *driver, uint8_t *in, unsigned in_size, uint8_t *out, unsigned out_size);

/* For the driver: the next byte to send, or -1. Any context. */
int line_next(struct line *line);

/* Tells the driver that there is something to send, if there is. Any context. */
void line_kick(struct line *line);

/* After input was taken: lets the driver go on if it was refused. Any context. */
void line_resume(struct line *line);

/* Drops what was written and not sent. Any context. */
void line_flush_output(struct line *line);

/* Sleeps until more than `reserve` bytes of the output ring are free. 0, -EAGAIN (O_NONBLOCK) or -EINTR. */
int line_wait_room(struct line *line, const struct file *file, unsigned reserve);

/* Sleeps for input. 0, -EAGAIN (O_NONBLOCK), -EINTR, -ETIMEDOUT; -EFAULT when buf is no longer writable
 * afterwards. */
int line_wait_input(struct line *line, const struct file *file, const void *buf, size_t count, ticks_t deadline);

/* Sleeps until all output was taken by the driver. 0 or -EINTR. */
int line_drain(struct line *line, enum thread_sleep depth);
