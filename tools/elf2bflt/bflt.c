/*
 * The flat file itself: laid out and written here, and parsed again for --dump and for the verification.
 */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "convert.h"

#define PLACE_FLAT "bFLT header"

static uint32_t stack_size(const struct conversion *conversion)
{
	uint32_t size = conversion->options.stack_size;

	if (size == 0)
		size = conversion->image.width == 64 ? FLAT_STACK_DEFAULT_64 : FLAT_STACK_DEFAULT_32;
	return (size + BFLT_DATA_ALIGN - 1) & ~(uint32_t)(BFLT_DATA_ALIGN - 1);
}

static uint32_t bss_end(const struct image *image)
{
	uint32_t memory = (uint32_t)(image->bss_end - image->data_base);

	return BFLT_HEADER_SIZE + image->text_size + (memory > image->data_size ? memory : image->data_size);
}

static void fill_header(const struct conversion *conversion, struct bflt_header *header)
{
	const struct image *image = &conversion->image;
	uint32_t data = BFLT_HEADER_SIZE + image->text_size;

	memset(header, 0, sizeof(*header));
	memcpy(header->magic, BFLT_MAGIC, sizeof(header->magic));
	header->rev = htobe32(BFLT_VERSION);
	header->entry = htobe32((uint32_t)(BFLT_HEADER_SIZE + (image->entry - image->text_base)));
	header->data_start = htobe32(data);
	header->data_end = htobe32(data + image->data_size);
	header->bss_end = htobe32(bss_end(image));
	header->stack_size = htobe32(stack_size(conversion));
	header->reloc_start = header->data_end;
	header->reloc_count = htobe32((uint32_t)conversion->word_count);
	header->flags = htobe32(conversion->options.ram ? BFLT_FLAG_RAM : 0);
	header->filler[0] = htobe32(image->width);
	header->filler[1] = htobe32(conversion->options.heap_size);
}

static void put_relocs(const struct conversion *conversion, uint8_t *at)
{
	for (size_t i = 0; i < conversion->word_count; i++) {
		uint32_t offset = htobe32(conversion->words[i]);

		memcpy(at + i * sizeof(offset), &offset, sizeof(offset));
	}
}

int bflt_write(struct conversion *conversion, struct flat_file *out)
{
	const struct image *image = &conversion->image;
	struct bflt_header header;
	uint8_t *at;

	out->size = BFLT_HEADER_SIZE + (size_t)image->text_size + image->data_size + 4 * conversion->word_count;
	out->bytes = malloc(out->size);
	if (out->bytes == NULL)
		return flat_fail(image->error, PLACE_FLAT, 0, "out of memory");
	fill_header(conversion, &header);
	at = out->bytes;
	memcpy(at, &header, sizeof(header));
	memcpy(at += sizeof(header), image->text, image->text_size);
	memcpy(at += image->text_size, image->data, image->data_size);
	put_relocs(conversion, at + image->data_size);
	return 0;
}

static int check_magic(const struct bflt_header *header, struct flat_error *error)
{
	if (memcmp(header->magic, BFLT_MAGIC, sizeof(header->magic)) != 0)
		return flat_fail(error, PLACE_FLAT, 0, "not a flat binary");
	if (be32toh(header->rev) != BFLT_VERSION)
		return flat_fail(error, PLACE_FLAT, offsetof(struct bflt_header, rev), "version %u is not %d",
			be32toh(header->rev), BFLT_VERSION);
	if (be32toh(header->flags) & (BFLT_FLAG_GZIP | BFLT_FLAG_GZDATA))
		return flat_fail(error, PLACE_FLAT, offsetof(struct bflt_header, flags), "compressed");
	if (be32toh(header->filler[0]) != 0 && be32toh(header->filler[0]) != 32 && be32toh(header->filler[0]) != 64)
		return flat_fail(error, PLACE_FLAT, offsetof(struct bflt_header, filler),
			"width %u is neither 32 nor 64", be32toh(header->filler[0]));
	return 0;
}

static int check_extent(const struct bflt_header *header, size_t size, struct flat_error *error)
{
	uint32_t data = be32toh(header->data_start), data_end = be32toh(header->data_end);
	uint32_t relocs = be32toh(header->reloc_start), count = be32toh(header->reloc_count);

	if (data < BFLT_HEADER_SIZE || data > data_end || data_end > size)
		return flat_fail(error, PLACE_FLAT, offsetof(struct bflt_header, data_start),
			"data lies past the end of the file");
	if (be32toh(header->bss_end) < data_end || be32toh(header->bss_end) > INT32_MAX)
		return flat_fail(
			error, PLACE_FLAT, offsetof(struct bflt_header, bss_end), "bss ends before data, or too far");
	if (be32toh(header->entry) < BFLT_HEADER_SIZE || be32toh(header->entry) >= data)
		return flat_fail(error, PLACE_FLAT, offsetof(struct bflt_header, entry), "entry is not in text");
	if (count != 0 && (relocs < data_end || relocs > size || (size - relocs) / 4 < count))
		return flat_fail(error, PLACE_FLAT, offsetof(struct bflt_header, reloc_start),
			"relocations lie past the end of the file");
	return 0;
}

static int check_relocs(const uint8_t *bytes, const struct flat_info *info, struct flat_error *error)
{
	uint32_t end = info->text_size + info->data_size, word = info->width / 8;

	for (uint32_t i = 0; i < info->reloc_count; i++) {
		uint32_t offset = flat_reloc(bytes, info, i);

		if (offset > end || end - offset < word ||
			(offset < info->text_size && info->text_size - offset < word))
			return flat_fail(
				error, "relocations", (uint64_t)i * 4, "0x%x lies neither in text nor in data", offset);
	}
	return 0;
}

int flat_parse(const uint8_t *bytes, size_t size, struct flat_info *info, struct flat_error *error)
{
	struct bflt_header header;

	if (size < sizeof(header))
		return flat_fail(error, PLACE_FLAT, 0, "truncated");
	memcpy(&header, bytes, sizeof(header));
	if (check_magic(&header, error) != 0 || check_extent(&header, size, error) != 0)
		return -1;
	info->width = be32toh(header.filler[0]) == 64 ? 64 : 32;
	info->entry = be32toh(header.entry);
	info->text_size = be32toh(header.data_start) - BFLT_HEADER_SIZE;
	info->data_size = be32toh(header.data_end) - be32toh(header.data_start);
	info->bss_size = be32toh(header.bss_end) - be32toh(header.data_end);
	info->stack_size = be32toh(header.stack_size);
	info->heap_size = be32toh(header.filler[1]);
	info->reloc_start = be32toh(header.reloc_start);
	info->reloc_count = be32toh(header.reloc_count);
	info->flags = be32toh(header.flags);
	return check_relocs(bytes, info, error);
}

uint32_t flat_reloc(const uint8_t *bytes, const struct flat_info *info, uint32_t index)
{
	uint32_t offset;

	memcpy(&offset, bytes + info->reloc_start + (size_t)index * 4, sizeof(offset));
	return be32toh(offset);
}

static uint64_t align_up(uint64_t size)
{
	return (size + BFLT_DATA_ALIGN - 1) & ~(uint64_t)(BFLT_DATA_ALIGN - 1);
}

uint64_t flat_process_size(const struct flat_info *info)
{
	uint64_t text = info->flags & BFLT_FLAG_RAM ? info->text_size : 0;

	return align_up(info->stack_size) + align_up(info->heap_size) + align_up(text) + align_up((uint64_t)info->data_size + info->bss_size);
}
