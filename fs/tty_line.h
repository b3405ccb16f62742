/*
 * A terminal: settings and line discipline (tty_line.c: what comes in, tty_output.c: what goes out), as its open file (tty.c, tty_ioctl.c) and its drivers (console.c,
 * pty.c) use them.
 */
#pragma once

#include <abi/abi.h>
#include <drivers/serial.h>
#include <fs/file.h>

#include "line.h"

enum tty_state {
	TTY_ON,
	TTY_DETACHED, /* the console while the host has its line: output goes out as it is, all else fails */
	TTY_HUNG_UP,  /* for ever: reads give the end of the file, all else fails */
};

struct tty {
	struct line line; /* first */
	struct abi_termios termios;
	struct abi_winsize winsize;
	struct tty *next;       /* every terminal, by number */
	uint16_t session, pgrp; /* whose controlling terminal it is, and its foreground group; 0: nobody's */
	uint16_t edit;          /* position in line.in where the line being typed starts; what lies before may be read */
	uint16_t column;        /* of the output, as far as ONOCR and TAB3 need it */
	uint8_t number;         /* 0: the console, n + 1: /dev/pts/n */
	uint8_t state;          /* enum tty_state */
	bool throttled;         /* the other side was sent VSTOP (IXOFF) */
};

/* The console, which is the first of all terminals. */
extern struct tty tty_console;
extern const struct file_ops tty_ops, hostio_ops;

static inline bool tty_canonical(const struct tty *tty)
{
	return tty->termios.c_lflag & ABI_ICANON;
}

/* The settings that terminals begin with. The line is that of line_init. */
void tty_init(struct tty *tty);

/* Makes a terminal the open file's; it may become the controlling terminal of the caller. 0, -EIO (hung up), or what the driver refuses it with. */
int tty_open(struct tty *tty, struct file *file);
/* What is done with every terminal, its settings first: the requests of ioctl. 0 or -Exxx. */
int tty_request(struct tty *tty, unsigned long request, uintptr_t arg);

/* For the driver: a byte came in. False: there is no room; it comes again after `resume`. Any context. */
bool tty_input(struct tty *tty, uint8_t byte);
/* A byte with wrong parity or framing, or a break. Any context. */
void tty_input_error(struct tty *tty, uint8_t byte, bool is_break);

/* Bytes that a reader may take now. */
unsigned tty_available(const struct tty *tty);
/* Everything received may be read: the line being typed as well. */
void tty_commit(struct tty *tty);
/* Input was taken, or settings changed: lets the sender go on. */
void tty_relax(struct tty *tty);
/* Drops what came in and was not read. Any context. */
void tty_flush_input(struct tty *tty);

/* Processes a byte by c_oflag and puts it into the output ring; what finds no room (at most 8 bytes are needed) is lost. Any context. */
void tty_output(struct tty *tty, uint8_t byte);
/* Bytes below this need tty_output now; others may go into the ring as they are. */
unsigned tty_output_limit(const struct tty *tty);

/* What opens /dev/console, /dev/tty, /dev/hostio. */
int console_open(struct file *file);
int tty_open_own(struct file *file);
int hostio_open(struct file *file);
/* /dev/ptmx; a board may leave it out. */
int ptmx_open(struct file *file) __attribute__((weak));
extern const struct file_ops ptmx_ops __attribute__((weak));

/* The console's line, for its other client; makes it ready at the first call. */
struct line *console_line(void);
