/*
 * libFuzzer over the whole conversion, and over the parser of flat files. The first byte chooses the options; the rest is
 * the file. A result of the conversion must parse.
 */
#include <stdint.h>
#include <stdlib.h>

#include "elf2bflt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void convert(const uint8_t *elf, size_t size, bool ram)
{
	const struct flat_options options = {.ram = ram};
	struct flat_error error;
	struct flat_file out;
	struct flat_info info;

	if (flat_convert(elf, size, &options, &out, &error) != 0)
		return;
	if (flat_parse(out.bytes, out.size, &info, &error) != 0)
		abort();
	free(out.bytes);
}

static void dump(const uint8_t *flat, size_t size)
{
	struct flat_error error;
	FILE *sink = fopen("/dev/null", "w");

	if (sink == NULL)
		return;
	if (flat_dump(flat, size, sink, &error) == 0)
		flat_print_size(flat, size, sink, &error);
	fclose(sink);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	switch (data[0] % 3) {
	case 0:
		dump(data + 1, size - 1);
		break;
	default:
		convert(data + 1, size - 1, data[0] % 3 == 2);
	}
	return 0;
}
