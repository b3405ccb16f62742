/*
 * A symbol's place is judged by its value: linker scripts attach a symbol that stands between two output sections to either
 * of them, or to none. Text and data are megabytes apart, so the value is the better witness. The one doubtful case, an
 * absolute symbol whose value also is an address of text, is refused.
 */
#include "symbols.h"

#include <elf.h>

static const struct symbol *symbol_of(const struct image *image, const struct rela *rela)
{
	return &image->symbols[rela->symbol];
}

const char *symbol_name(const struct image *image, const struct rela *rela)
{
	const struct symbol *symbol = symbol_of(image, rela);

	if (symbol->name[0] != '\0')
		return symbol->name;
	return symbol->section < image->section_count ? image->sections[symbol->section].name : "";
}

const char *symbol_function(const struct image *image, uint64_t addr)
{
	const struct symbol *best = NULL;

	for (size_t i = 0; i < image->symbol_count; i++) {
		const struct symbol *symbol = &image->symbols[i];

		if (symbol->function && symbol->value <= addr && (best == NULL || symbol->value >= best->value))
			best = symbol;
	}
	return best != NULL && image_in_text(image, addr) ? best->name : NULL;
}

static int place_absolute(const struct image *image, const struct rela *rela, struct target *target)
{
	uint64_t value = symbol_of(image, rela)->value;

	if (image_in_data(image, value))
		target->place = PLACE_DATA;
	else if (value != 0 && image_in_text(image, value))
		return image_fail(image, rela->addr,
			"absolute symbol '%s' = 0x%llx may be a constant or an address of text", target->name,
			(unsigned long long)value);
	return 0;
}

static int place_section(const struct image *image, const struct rela *rela, struct target *target)
{
	uint64_t value = symbol_of(image, rela)->value;

	if (image_in_data(image, value))
		target->place = PLACE_DATA;
	else if (image_in_text(image, value))
		target->place = PLACE_TEXT;
	else
		return image_fail(image, rela->addr, "symbol '%s' = 0x%llx lies neither in text nor in data",
			target->name, (unsigned long long)value);
	return 0;
}

static int place_undefined(const struct image *image, const struct rela *rela, const struct target *target)
{
	const struct symbol *symbol = symbol_of(image, rela);

	if (rela->symbol != 0 && (!symbol->weak || symbol->value != 0))
		return image_fail(image, rela->addr, "undefined symbol '%s'", target->name);
	return 0;
}

int symbol_target(const struct image *image, const struct rela *rela, struct target *target)
{
	const struct symbol *symbol = symbol_of(image, rela);

	target->place = PLACE_CONSTANT;
	target->name = symbol_name(image, rela);
	target->addr = symbol->value + (uint64_t)rela->addend;
	if (image->width == 32)
		target->addr &= UINT32_MAX;
	if (symbol->section == SHN_UNDEF)
		return place_undefined(image, rela, target);
	if (symbol->section == SHN_ABS)
		return place_absolute(image, rela, target);
	if (symbol->section >= image->section_count || !image->sections[symbol->section].alloc)
		return image_fail(image, rela->addr, "symbol '%s' lies in no section that is loaded", target->name);
	return place_section(image, rela, target);
}
