/*
 * Reports for people: --dump and --size.
 */
#include <inttypes.h>

#include "elf2bflt.h"
#include "insn.h"

static uint64_t word_at(const uint8_t *bytes, const struct flat_info *info, uint32_t offset)
{
	const uint8_t *at = bytes + BFLT_HEADER_SIZE + offset;

	return info->width == 32 ? insn_get32(at) : insn_get32(at) | (uint64_t)insn_get32(at + 4) << 32;
}

static void print_header(const struct flat_info *info, FILE *to)
{
	uint32_t data = BFLT_HEADER_SIZE + info->text_size, data_end = data + info->data_size;

	fprintf(to, "bFLT version %d, %u bits, %s%s\n", BFLT_VERSION, info->width,
		info->flags & BFLT_FLAG_RAM ? "copied to RAM" : "executed in place",
		info->flags & BFLT_FLAG_GOTPIC ? ", GOT at the start of data" : "");
	fprintf(to, "flags        0x%08" PRIx32 "\n", info->flags);
	fprintf(to, "entry        0x%08" PRIx32 "\n", info->entry);
	fprintf(to, "text         0x%08x - 0x%08" PRIx32 "  %10" PRIu32 " bytes\n", BFLT_HEADER_SIZE, data,
		info->text_size);
	fprintf(to, "data         0x%08" PRIx32 " - 0x%08" PRIx32 "  %10" PRIu32 " bytes\n", data, data_end,
		info->data_size);
	fprintf(to, "bss          0x%08" PRIx32 " - 0x%08" PRIx32 "  %10" PRIu32 " bytes\n", data_end,
		data_end + info->bss_size, info->bss_size);
	fprintf(to, "stack        %35" PRIu32 " bytes\n", info->stack_size);
	if (info->heap_size)
		fprintf(to, "heap         %35" PRIu32 " bytes\n", info->heap_size);
	fprintf(to, "relocations  0x%08" PRIx32 "               %10" PRIu32 "\n", info->reloc_start, info->reloc_count);
}

static void print_reloc(const uint8_t *bytes, const struct flat_info *info, uint32_t offset, FILE *to)
{
	uint64_t value = word_at(bytes, info, offset);
	bool in_text = offset < info->text_size, to_text = value < info->text_size;

	fprintf(to, "  %s+0x%06" PRIx32 "  -> %s+0x%" PRIx64 "\n", in_text ? "text" : "data",
		in_text ? offset : offset - info->text_size, to_text ? "text" : "data",
		to_text ? value : value - info->text_size);
}

int flat_dump(const uint8_t *bytes, size_t size, FILE *to, struct flat_error *error)
{
	struct flat_info info;

	if (flat_parse(bytes, size, &info, error) != 0)
		return -1;
	print_header(&info, to);
	for (uint32_t i = 0; i < info.reloc_count; i++)
		print_reloc(bytes, &info, flat_reloc(bytes, &info, i), to);
	return 0;
}

int flat_print_size(const uint8_t *bytes, size_t size, FILE *to, struct flat_error *error)
{
	struct flat_info info;

	if (flat_parse(bytes, size, &info, error) != 0)
		return -1;
	fprintf(to, "text %s  %10" PRIu32 "\n", info.flags & BFLT_FLAG_RAM ? "(copied)" : "(shared)", info.text_size);
	fprintf(to, "data + bss     %10" PRIu64 "\n", (uint64_t)info.data_size + info.bss_size);
	fprintf(to, "default stack  %10" PRIu32 "\n", info.stack_size);
	if (info.heap_size)
		fprintf(to, "first heap     %10" PRIu32 "\n", info.heap_size);
	fprintf(to, "one process    %10" PRIu64 "\n", flat_process_size(&info));
	return 0;
}
