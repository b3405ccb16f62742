/*
 * The few functions of the C library that the kernel links (newlib's on the target, the host's in unit tests).
 */
#pragma once

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b);

/* A freestanding compiler does not look through these names by itself: small copies of known size become a few moves. */
#define memcpy __builtin_memcpy
#define memset __builtin_memset
