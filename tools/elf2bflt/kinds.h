/*
 * What each relocation type of the RISC-V psABI means to a flat binary.
 */
#pragma once

#include <stdint.h>

enum family {
	FAMILY_UNKNOWN,
	FAMILY_IGNORE,   /* marks for the linker, already used up */
	FAMILY_WORD,     /* the address itself, 4 or 8 bytes */
	FAMILY_BRANCH,   /* a jump relative to the pc */
	FAMILY_CALL,     /* auipc + jalr */
	FAMILY_HI,       /* auipc towards a symbol */
	FAMILY_GOT_HI,   /* auipc towards a symbol's GOT entry */
	FAMILY_LO_I,     /* the instruction that completes an auipc: load or addi */
	FAMILY_LO_S,     /* ... or store */
	FAMILY_ABSOLUTE, /* part of an absolute address in an instruction */
	FAMILY_GP_I,     /* relaxed by the linker: relative to gp, or to x0 */
	FAMILY_GP_S,
	FAMILY_ADD, /* one term of a difference of symbols */
	FAMILY_SUB,
	FAMILY_DISTANCE, /* a word that holds symbol - its own address */
	FAMILY_TLS,
	FAMILY_DYNAMIC,
};

struct kind {
	const char *name;
	enum family family;
	unsigned bytes; /* that it changes */
};

/* Never NULL; an unknown type gives FAMILY_UNKNOWN. */
const struct kind *kind_of(uint32_t type);
