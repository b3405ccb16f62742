/*
 * Buffered output to one descriptor without stdio: a program that prints with these pays for 128 bytes.
 * Write errors are remembered and reported once, by out_end.
 */
#pragma once

#include <stddef.h>

/* Sends what follows to `fd` (1 at the start), after flushing what was put before. */
void out_to(int fd);

/* Put one character, a string, `len` bytes. */
void out_char(char c);
void out_str(const char *s);
void out_bytes(const void *bytes, size_t len);

/* Put a number: decimal; decimal, right-aligned in `width` columns; and in base 8 or 16 with at least `digits` digits. */
void out_num(unsigned long n);
void out_signed(long n);
void out_num_right(unsigned long n, unsigned width);
void out_base(unsigned long n, unsigned base, unsigned digits);

/* Put a string left-aligned in `width` columns. */
void out_str_left(const char *s, unsigned width);

/* Write out what is buffered. Returns 0, or -1 with errno if this or an earlier write failed since the last call. */
int out_flush(void);

/* out_flush for the end of a program: an error is reported on stderr. Returns `status`, or 1 after an error. */
int out_end(int status);

/* Write all of `len` bytes to `fd`, unbuffered. Returns 0, or -1 with errno. */
int write_all(int fd, const void *bytes, size_t len);
