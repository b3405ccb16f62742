/*
 * Questions about an image, and the words in which it complains.
 */
#include <stdarg.h>
#include <stdio.h>

#include "elf_image.h"
#include "symbols.h"

int flat_fail(struct flat_error *error, const char *place, uint64_t offset, const char *format, ...)
{
	char message[400];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	snprintf(error->line, sizeof(error->line), "%.100s+0x%llx: %s", place, (unsigned long long)offset, message);
	for (char *c = error->line; *c != '\0'; c++)
		if ((unsigned char)*c < ' ')
			*c = '?';
	return -1;
}

int image_fail(const struct image *image, uint64_t addr, const char *format, ...)
{
	const struct section *section = image_section_at(image, addr, 0);
	const char *function = symbol_function(image, addr);
	char message[300];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	if (section == NULL)
		return flat_fail(image->error, "address", addr, "%s", message);
	if (function == NULL)
		return flat_fail(image->error, section->name, addr - section->addr, "%s", message);
	return flat_fail(image->error, section->name, addr - section->addr, "%s (in '%.64s')", message, function);
}

bool image_section_holds(const struct section *section, uint64_t addr, uint64_t size)
{
	return section->loaded && addr >= section->addr && addr - section->addr <= section->size &&
	       section->size - (addr - section->addr) >= size;
}

const struct section *image_section_at(const struct image *image, uint64_t addr, uint64_t size)
{
	const struct section *at_end = NULL;

	for (size_t i = 0; i < image->section_count; i++) {
		const struct section *section = &image->sections[i];

		if (!image_section_holds(section, addr, size))
			continue;
		if (addr - section->addr < section->size)
			return section;
		at_end = section;
	}
	return at_end;
}

const uint8_t *image_original(const struct image *image, uint64_t addr, uint64_t size)
{
	const struct section *section = image_section_at(image, addr, size);

	return section != NULL && section->bytes != NULL ? section->bytes + (addr - section->addr) : NULL;
}

bool image_in_text(const struct image *image, uint64_t addr)
{
	return addr >= image->text_base && addr <= image->text_end;
}

bool image_in_data(const struct image *image, uint64_t addr)
{
	return addr >= image->data_base && (addr <= image->bss_end || addr == image->gp);
}

bool image_is_text(const struct image *image, uint64_t addr)
{
	return addr >= image->text_base && addr < image->text_end;
}

int64_t image_wrap(const struct image *image, uint64_t value)
{
	return image->width == 32 ? (int32_t)(uint32_t)value : (int64_t)value;
}
