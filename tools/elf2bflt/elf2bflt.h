/*
 * elf2bflt: from a statically linked RISC-V ELF with kept relocations to a flat binary (see abi/bflt.h). This is the façade:
 * everything works on memory, so that tests and the fuzzer call the same code as the command.
 *
 *   elf_image.c, elf_tables.c  read and check the ELF      kinds.c   what each relocation type means
 *   image_query.c, symbols.c   say what lies where         insn.c    instruction encodings
 *   relocs.c                   judges every relocation     words.c   words that hold addresses
 *   pairs.c                    rewrites auipc pairs        bflt.c    writes and parses the flat file
 *   verify.c                   decodes the result and compares it with what the relocations ask for
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "abi/bflt.h"

#define FLAT_STACK_DEFAULT_32 2048u
#define FLAT_STACK_DEFAULT_64 4096u
#define FLAT_STACK_MAX ((16u << 20) - BFLT_DATA_ALIGN) /* loaders take less than 16 MiB */

/* "SECTION+0xOFFSET: message", without the file's name and without a newline. */
struct flat_error {
	char line[640];
};

struct flat_options {
	uint32_t stack_size; /* bytes, at most FLAT_STACK_MAX; 0: the default of the width */
	uint32_t heap_size;  /* bytes of heap that each process has from its start on, at most FLAT_STACK_MAX */
	bool ram;            /* make a RAM image instead of one executed in place */
};

/* A flat file in memory; release with free(bytes). */
struct flat_file {
	uint8_t *bytes;
	size_t size;
};

/* The header in the host's byte order, after its fields have been checked against each other and the file's size. */
struct flat_info {
	unsigned width; /* 32 or 64 */
	uint32_t entry, text_size, data_size, bss_size, stack_size, heap_size, reloc_start, reloc_count, flags;
};

/*
 * Converts the ELF in `elf` (size bytes; not changed, may be freed afterwards). Returns 0 and fills *out, or -1 and fills
 * *error, leaving *out empty. Never gives a binary that has not been decoded again and found right.
 */
int flat_convert(const void *elf, size_t size, const struct flat_options *options, struct flat_file *out,
	struct flat_error *error);

/* Checks the header of a flat file of any origin. Returns 0, or -1 and fills *error. */
int flat_parse(const uint8_t *bytes, size_t size, struct flat_info *info, struct flat_error *error);

/* The offset from the start of text of relocation `index` of a file that flat_parse accepted. */
uint32_t flat_reloc(const uint8_t *bytes, const struct flat_info *info, uint32_t index);

/* Bytes of RAM that one running process takes before it grows its heap; shared text is not counted. */
uint64_t flat_process_size(const struct flat_info *info);

/* Print header, sizes and relocations, or sizes only. Return 0, or -1 and fill *error (nothing printed then). */
int flat_dump(const uint8_t *bytes, size_t size, FILE *to, struct flat_error *error);
int flat_print_size(const uint8_t *bytes, size_t size, FILE *to, struct flat_error *error);

/* Fills *error with "PLACE+0xOFFSET: message"; always returns -1. */
int flat_fail(struct flat_error *error, const char *place, uint64_t offset, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
