/*
 * Copies a regular file, for cp and mv.
 */
#pragma once

/* Copies `from` to `to`, which is made or replaced and gets its mode. Returns 0, or 1 after a message. */
int copy_file(const char *from, const char *to);
