/*
 * A pseudo-terminal (pty.c), as the file system of the slaves' names (devpts.c) knows it.
 */
#pragma once

#include "tty_line.h"

#define PTY_NUMBER_MAX 255 /* as struct tty counts, where 0 is the console */

/* The first one after this number (0: of all) whose master is open; NULL: none. */
struct tty *pty_after(unsigned number);
