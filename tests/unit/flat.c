/*
 * The maker of flat binaries.
 */
#include "flat.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_TEXT 64
#define DEFAULT_STACK 1024

static void big32_put(uint8_t *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(value >> (24 - 8 * i));
}

void flat_set(struct flat_image *image, size_t field, uint32_t value)
{
	big32_put(image->bytes + field, value);
}

uint32_t flat_get(const struct flat_image *image, size_t field)
{
	const uint8_t *p = image->bytes + field;

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static uint32_t reloc_start(const struct flat_image *image)
{
	return (BFLT_HEADER_SIZE + image->text + image->data + 3) & ~3u;
}

static void header_make(struct flat_image *image, const struct flat_recipe *recipe)
{
	uint32_t data_start = BFLT_HEADER_SIZE + image->text, data_end = data_start + image->data;

	memcpy(image->bytes, BFLT_MAGIC, 4);
	FLAT_SET(image, rev, BFLT_VERSION);
	FLAT_SET(image, entry, BFLT_HEADER_SIZE);
	FLAT_SET(image, data_start, data_start);
	FLAT_SET(image, data_end, data_end);
	FLAT_SET(image, bss_end, data_end + recipe->bss);
	FLAT_SET(image, stack_size, recipe->stack ? recipe->stack : DEFAULT_STACK);
	FLAT_SET(image, reloc_start, reloc_start(image));
	FLAT_SET(image, reloc_count, recipe->relocation_count);
	FLAT_SET(image, flags, recipe->flags);
	FLAT_SET(image, filler[0], 8 * sizeof(uintptr_t));
}

struct flat_image flat_make(const struct flat_recipe *recipe)
{
	struct flat_image image = {.text = recipe->text ? recipe->text : DEFAULT_TEXT, .data = recipe->data};
	uint32_t loaded = image.text + image.data;
	uint8_t *text, *relocations;

	image.size = reloc_start(&image) + 4 * (size_t)recipe->relocation_count;
	image.bytes = malloc(image.size);
	text = image.bytes + BFLT_HEADER_SIZE;
	relocations = image.bytes + reloc_start(&image);
	memset(image.bytes, 0, image.size);
	header_make(&image, recipe);
	for (uint32_t i = 0; i < loaded; i++)
		text[i] = flat_byte(i);
	memcpy(text, &recipe->main, sizeof recipe->main);
	if (recipe->word_count)
		memcpy(text + image.text, recipe->words, recipe->word_count * sizeof recipe->words[0]);
	for (uint32_t i = 0; i < recipe->relocation_count; i++)
		big32_put(relocations + 4 * i, recipe->relocations[i]);
	return image;
}
