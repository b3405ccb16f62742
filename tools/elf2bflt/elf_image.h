/*
 * The program as the linker left it: what elf_image.c reads out of an ELF file and has checked.
 *
 *   text: every allocated section that is not writable, [text_base, text_end)
 *   data: every writable one, [data_base, data_end) with bytes, up to bss_end without; gp = data_base + BFLT_GP_OFFSET
 *
 * Addresses are the linker's. `text` and `data` are copies that the conversion edits; a section's `bytes` stay as read.
 */
#pragma once

#include <libelf.h>

#include "elf2bflt.h"

#define PLACE_HEADER "ELF header" /* in messages, for what no section holds */

struct section {
	const char *name;
	const uint8_t *bytes; /* NULL when the section has none in the file */
	uint64_t addr, size, align;
	bool alloc, loaded, writable; /* loaded: alloc, and not empty */
};

struct symbol {
	const char *name;
	uint64_t value;
	uint16_t section; /* SHN_* included */
	bool weak, function;
};

struct rela {
	uint64_t addr;
	int64_t addend;
	uint32_t type, symbol;
	uint32_t order; /* place in the file: relocations of one address keep it */
};

struct image {
	struct flat_error *error;
	Elf *elf;
	unsigned width; /* 32 or 64 */
	uint64_t entry;
	uint64_t text_base, text_end, data_base, data_end, bss_end, gp;
	uint32_t text_size, data_size; /* of the copies, padding included; text_size > text_end - text_base */
	uint8_t *text, *data;
	struct section *sections; /* by section index */
	size_t section_count, symbol_table;
	bool thread_local; /* has thread-local variables */
	struct symbol *symbols;
	size_t symbol_count;
	struct rela *relas; /* of allocated sections, by address */
	size_t rela_count;
};

/* Reads and checks an ELF. Returns 0, or -1 with *error filled. image_close() in both cases. */
int image_open(struct image *image, const void *elf, size_t size, struct flat_error *error);
void image_close(struct image *image);

/* Fills the error with the section and offset of `addr` and the function around it; always returns -1. */
int image_fail(const struct image *image, uint64_t addr, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Whether [addr, addr + size) lies in a loaded section. */
bool image_section_holds(const struct section *section, uint64_t addr, uint64_t size);

/* The allocated section that holds [addr, addr + size), or NULL. */
const struct section *image_section_at(const struct image *image, uint64_t addr, uint64_t size);

/* The bytes of addr as the linker wrote them. NULL unless `size` of them lie in one section that has bytes. */
const uint8_t *image_original(const struct image *image, uint64_t addr, uint64_t size);

/* Whether an address lies in text, in data or bss; the end of each counts as inside, and gp, which may lie behind both. */
bool image_in_text(const struct image *image, uint64_t addr);
bool image_in_data(const struct image *image, uint64_t addr);

/* Whether addr lies in a section of text or of data (ends excluded). */
bool image_is_text(const struct image *image, uint64_t addr);

/* addr as a distance: modulo 2^32 for width 32, sign-extended. */
int64_t image_wrap(const struct image *image, uint64_t value);
