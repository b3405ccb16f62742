/*
 * Numbers from text.
 */
#pragma once

/* Reads an unsigned decimal number that must be the whole of `s`. Returns 0, or -1 if it is none or overflows. */
int num_parse(const char *s, unsigned long *n);

/* The number at `*s`, which moves behind its digits; wraps on overflow. For text that the system wrote. */
unsigned long num_scan(const char **s);
