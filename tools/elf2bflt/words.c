/*
 * Words of data (and, in a RAM image, of text) that hold an address: they are set to the value the file carries and
 * remembered for the relocation table.
 */
#include <stdlib.h>
#include <string.h>

#include "convert.h"
#include "insn.h"

static unsigned word_size(const struct image *image)
{
	return image->width / 8;
}

static uint64_t get_word(const struct image *image, const uint8_t *at)
{
	uint64_t low = insn_get32(at);

	return image->width == 64 ? low | (uint64_t)insn_get32(at + 4) << 32 : low;
}

static void put_word(const struct image *image, uint8_t *at, uint64_t value)
{
	insn_put32(at, (uint32_t)value);
	if (image->width == 64)
		insn_put32(at + 4, (uint32_t)(value >> 32));
}

static int remember(struct conversion *conversion, uint32_t offset)
{
	if (conversion->word_count == conversion->word_room) {
		size_t room = conversion->word_room * 2 + 64;
		uint32_t *grown = reallocarray(conversion->words, room, sizeof(*grown));

		if (grown == NULL)
			return flat_fail(conversion->image.error, "relocations", offset, "out of memory");
		conversion->words = grown;
		conversion->word_room = room;
	}
	conversion->words[conversion->word_count++] = offset;
	return 0;
}

/* A pointer must keep to its segment, for its value alone tells the loader which one it means. */
static int check_reach(const struct image *image, uint64_t addr, const struct target *target)
{
	bool inside = target->place == PLACE_TEXT
			      ? target->addr >= image->text_base && target->addr - image->text_base < image->text_size
			      : target->addr >= image->data_base &&
					target->addr - image->data_base < INT32_MAX - image->text_size;

	if (inside)
		return 0;
	return image_fail(image, addr, "pointer to '%s' leaves the segment of its symbol", target->name);
}

int words_add(struct conversion *conversion, uint64_t addr, const struct target *target)
{
	struct image *image = &conversion->image;
	const uint8_t *original = image_original(image, addr, word_size(image));
	enum place place = image_is_text(image, addr) ? PLACE_TEXT : PLACE_DATA;

	if (original == NULL)
		return image_fail(image, addr, "word for '%s' is outside of the section's contents", target->name);
	if (get_word(image, original) != target->addr)
		return image_fail(image, addr, "word does not hold the address of '%s'", target->name);
	if (target->place == PLACE_CONSTANT)
		return 0;
	if (addr % word_size(image) != 0)
		return image_fail(image, addr, "unaligned pointer to '%s'", target->name);
	if (check_reach(image, addr, target) != 0)
		return -1;
	put_word(image, convert_bytes(image, addr), convert_file_value(image, target->place, target->addr));
	return remember(conversion, (uint32_t)convert_file_value(image, place, addr));
}

/* An entry of the GOT that no pair told us about is judged by its value. */
static int add_got_entry(struct conversion *conversion, uint64_t addr)
{
	struct image *image = &conversion->image;
	struct target target = {
		PLACE_CONSTANT, get_word(image, image_original(image, addr, word_size(image))), "GOT entry"};

	if (target.addr != 0 && image_in_data(image, target.addr))
		target.place = PLACE_DATA;
	else if (target.addr != 0 && image_in_text(image, target.addr))
		target.place = PLACE_TEXT;
	return words_add(conversion, addr, &target);
}

int words_add_got(struct conversion *conversion)
{
	const struct image *image = &conversion->image;

	for (size_t i = 0; i < image->section_count; i++) {
		const struct section *section = &image->sections[i];

		if (!section->loaded || section->bytes == NULL || strcmp(section->name, ".got") != 0)
			continue;
		if (!section->writable)
			return flat_fail(image->error, section->name, 0, "the GOT is read-only; place it in data");
		for (uint64_t at = 0; section->size - at >= word_size(image); at += word_size(image))
			if (add_got_entry(conversion, section->addr + at) != 0)
				return -1;
	}
	return 0;
}

static int compare_offsets(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return a < b ? -1 : a > b;
}

int words_finish(struct conversion *conversion)
{
	uint32_t *words = conversion->words;
	size_t kept = 0;

	if (conversion->word_count != 0)
		qsort(words, conversion->word_count, sizeof(*words), compare_offsets);
	for (size_t i = 0; i < conversion->word_count; i++)
		if (kept == 0 || words[i] != words[kept - 1])
			words[kept++] = words[i];
	conversion->word_count = kept;
	return 0;
}
