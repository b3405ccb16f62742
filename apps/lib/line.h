/*
 * Lines of a file, of any length, without stdio. One buffer grows with the longest line.
 */
#pragma once

#include <stddef.h>

struct lines {
	char *text; /* the current line, NUL-terminated, without its newline; valid until the next one is read */
	size_t len;
	size_t room;
	int fd;
	unsigned char newline; /* the current line ended with a newline: only the last one may not */
	unsigned char at, end; /* of buf */
	char buf[128];
};

/* Starts reading `fd`; text keeps its room if the structure was in use before (it must be zeroed at first). */
void lines_open(struct lines *l, int fd);

/* The next line. Returns 1, 0 at the end, -1 with errno (ENOMEM included). */
int lines_next(struct lines *l);
