/*
 * The steps of one conversion and what they share. Each step returns 0, or -1 with the image's error filled.
 */
#pragma once

#include "elf_image.h"
#include "kinds.h"
#include "symbols.h"

struct conversion {
	struct image image;
	struct flat_options options;
	uint32_t *words; /* offsets from the start of text of words to relocate, ascending after words_finish() */
	size_t word_count, word_room;
};

/* The value that a word of the file holds for an address: 0-based in text, behind text for data, a constant unchanged. */
uint64_t convert_file_value(const struct image *image, enum place place, uint64_t addr);

/* The editable bytes of an address that image_original() has. */
uint8_t *convert_bytes(struct image *image, uint64_t addr);

/* relocs.c: judges every relocation but those of pairs, and collects the words. */
int relocs_apply(struct conversion *conversion);

/* pairs.c: rewrites auipc pairs; adds the GOT entries they load to the words. */
int pairs_apply(struct conversion *conversion);

/* words.c: a word at `addr` holding `target`; the GOT; sorting. */
int words_add(struct conversion *conversion, uint64_t addr, const struct target *target);
int words_add_got(struct conversion *conversion);
int words_finish(struct conversion *conversion);

/* bflt.c: header, text, data, relocations. */
int bflt_write(struct conversion *conversion, struct flat_file *out);

/* verify.c: loads the file at two pairs of addresses and compares with what the ELF's relocations ask for. */
int verify_file(struct conversion *conversion, const struct flat_file *file);
