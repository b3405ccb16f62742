#include "convert.h"

#include <stdlib.h>
#include <string.h>

uint64_t convert_file_value(const struct image *image, enum place place, uint64_t addr)
{
	switch (place) {
	case PLACE_TEXT:
		return addr - image->text_base;
	case PLACE_DATA:
		return image->text_size + (addr - image->data_base);
	default:
		return addr;
	}
}

uint8_t *convert_bytes(struct image *image, uint64_t addr)
{
	if (image_is_text(image, addr))
		return image->text + (addr - image->text_base);
	return image->data + (addr - image->data_base);
}

static int convert_steps(
	struct conversion *conversion, const void *elf, size_t size, struct flat_file *out, struct flat_error *error)
{
	if (image_open(&conversion->image, elf, size, error) != 0)
		return -1;
	if (relocs_apply(conversion) != 0 || pairs_apply(conversion) != 0 || words_add_got(conversion) != 0 ||
		words_finish(conversion) != 0 || bflt_write(conversion, out) != 0)
		return -1;
	return verify_file(conversion, out);
}

int flat_convert(const void *elf, size_t size, const struct flat_options *options, struct flat_file *out,
	struct flat_error *error)
{
	struct conversion conversion;
	int result;

	memset(&conversion, 0, sizeof(conversion));
	memset(out, 0, sizeof(*out));
	conversion.options = *options;
	result = convert_steps(&conversion, elf, size, out, error);
	if (result != 0) {
		free(out->bytes);
		memset(out, 0, sizeof(*out));
	}
	free(conversion.words);
	image_close(&conversion.image);
	return result;
}
