/*
 * The terminal's settings and its line discipline (tty_line.c), as the open file (tty.c) uses them.
 */
#pragma once

#include <abi/abi.h>
#include <drivers/serial.h>
#include <fs/file.h>

struct tty {
	struct abi_termios termios;
	struct abi_winsize winsize;
	uint16_t session, pgrp; /* whose controlling terminal it is, and its foreground group; 0: nobody's */
	uint16_t edit; /* position in line.in where the line being typed starts; what lies before may be read */
};

extern struct tty tty;
extern const struct serial_client tty_client;
extern const struct file_ops tty_ops, hostio_ops;

static inline bool tty_canonical(void)
{
	return tty.termios.c_lflag & ABI_ICANON;
}

/* Bytes that a reader may take now. */
unsigned tty_available(void);

/* Everything received may be read: the line being typed as well. */
void tty_commit(void);

/* Opening makes the terminal the client of a line that has none yet, and the channel to the host that of any line. */
int tty_open(struct file *file);
int hostio_open(struct file *file);
