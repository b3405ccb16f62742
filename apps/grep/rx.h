/*
 * Regular expressions of POSIX, basic and extended, without intervals and back-references: a small automaton that follows all
 * alternatives at once, so no pattern takes more than (length of the pattern) steps for a character, and no stack.
 */
#pragma once

#include <stddef.h>

enum { RX_EXTENDED = 1, RX_FIXED = 2, RX_ICASE = 4 };

struct rx;

/* Compiles a pattern, which must stay as long as the result is used. Returns NULL, with a text in *error. */
struct rx *rx_compile(const char *pattern, int flags, const char **error);

/* Does the pattern match somewhere in the string? */
int rx_match(const struct rx *rx, const char *s);
