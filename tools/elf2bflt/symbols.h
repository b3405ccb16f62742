/*
 * Where a symbol lives, which decides how its address is found at run time.
 */
#pragma once

#include "elf_image.h"

enum place {
	PLACE_TEXT,
	PLACE_DATA,
	PLACE_CONSTANT, /* a number: absolute, or undefined and weak, whose value is 0 */
};

/* A relocation's S + A. */
struct target {
	enum place place;
	uint64_t addr;
	const char *name;
};

/* Finds the target of a relocation. Returns 0, or -1 with the image's error filled (undefined, ambiguous or unplaced). */
int symbol_target(const struct image *image, const struct rela *rela, struct target *target);

/* The name of a relocation's symbol for messages; never NULL. */
const char *symbol_name(const struct image *image, const struct rela *rela);

/* The function that addr lies in, or NULL. */
const char *symbol_function(const struct image *image, uint64_t addr);
