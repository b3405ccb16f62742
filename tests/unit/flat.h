/*
 * Flat binaries made in memory. A program's text starts with the address of the C function that
 * stands for it (see world.h).
 */
#pragma once

#include <abi/bflt.h>

#include <stddef.h>
#include <stdint.h>

struct flat_recipe {
	void (*main)(void);
	uint32_t text, data, bss, stack; /* bytes; 0 text or stack: a small default */
	uint32_t flags;                  /* BFLT_FLAG_* */
	const uintptr_t *words;          /* what data starts with; the rest is flat_byte() */
	size_t word_count;
	const uint32_t *relocations; /* offsets from the start of text */
	uint32_t relocation_count;
};

struct flat_image {
	uint8_t *bytes; /* malloc */
	size_t size;
	uint32_t text, data; /* sizes */
};

/* The byte that a made image has at an offset of text and data, where nothing else was asked for. */
static inline uint8_t flat_byte(uint32_t offset)
{
	return (uint8_t)(offset * 7 + 3);
}

struct flat_image flat_make(const struct flat_recipe *recipe);
/* Overwrites, reads a field of the header, by its offset in struct bflt_header. */
void flat_set(struct flat_image *image, size_t field, uint32_t value);
uint32_t flat_get(const struct flat_image *image, size_t field);
#define FLAT_SET(image, field, value) flat_set(image, offsetof(struct bflt_header, field), value)
#define FLAT_GET(image, field) flat_get(image, offsetof(struct bflt_header, field))
