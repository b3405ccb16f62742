/*
 * The flat binary on disk: bFLT version 4 as uClinux defines it (big-endian header of 64 bytes, then text, then data,
 * then relocations). What is ours are three conventions that other tools may ignore:
 *
 *   - without BFLT_FLAG_RAM the text holds no relocated word and reaches its data through gp, which the kernel sets to
 *     the run-time address of data + BFLT_GP_OFFSET: text is executed in place or shared;
 *   - `filler[0]` carries the width (32 or 64): relocated words are that wide. 0 stands for 32;
 *   - `filler[1]` carries the bytes of heap that each process is given at its start, for programs that must not fail to grow. 0: none.
 *
 * Offsets in the header count from the start of the file. Relocations are big-endian 32-bit offsets of words, counted
 * from the start of text (the end of the header). A word's value below the length of text (data_start - 64) is relocated by the text base,
 * any other by the data base: value - text length + data base. The words themselves are little-endian, as the processor
 * reads them; a word of 0 is the start of text.
 */
#pragma once

#include <stdint.h>

#define BFLT_MAGIC "bFLT"
#define BFLT_VERSION 4
#define BFLT_FLAG_RAM 0x0001    /* load text and data into RAM side by side, relocate both */
#define BFLT_FLAG_GOTPIC 0x0002 /* data starts with a GOT of words ended by -1, relocated like the table's */
#define BFLT_FLAG_GZIP 0x0004   /* not supported */
#define BFLT_FLAG_GZDATA 0x0008 /* not supported */
#define BFLT_GP_OFFSET 0x800
#define BFLT_HEADER_SIZE 64
#define BFLT_DATA_ALIGN 16 /* data_start - 64 and the load address of data are multiples of this */

/* Every field big-endian. */
struct bflt_header {
	char magic[4];
	uint32_t rev;
	uint32_t entry;       /* file offset of the first instruction */
	uint32_t data_start;  /* file offset of data = end of text */
	uint32_t data_end;    /* file offset of the end of data */
	uint32_t bss_end;     /* as if bss followed data in the file */
	uint32_t stack_size;  /* bytes */
	uint32_t reloc_start; /* file offset of the relocations */
	uint32_t reloc_count;
	uint32_t flags;
	uint32_t build_date;  /* 0: builds are reproducible */
	uint32_t filler[5];   /* [0]: width of a pointer in bits; [1]: bytes of heap that are reserved */
};
_Static_assert(sizeof(struct bflt_header) == BFLT_HEADER_SIZE, "the header has 64 bytes");
