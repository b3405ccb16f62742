/*
 * ls: entries in memory, and how one is printed.
 */
#pragma once

#include <sys/stat.h>

struct entry {
	struct entry *next;
	char name[];
};

/* Prints `ls -l`'s line for the file at `path`, showing `name`. Returns 0, or 1 after a message. */
int print_long(const char *path, const char *name);

/* Prints the entries in columns on a terminal of `width` characters, one a line if it is 0. */
void print_names(const struct entry *first, unsigned width);
