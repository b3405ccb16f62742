/*
 * The independent witness: loads the written file as abi/bflt.h says, at two pairs of addresses, runs the instructions of
 * every pair, and compares addresses and words with what the ELF's relocations ask for. Then everything that no relocation
 * names must be byte for byte what the linker wrote. It shares the readers of both formats with the conversion, and no
 * decision.
 */
#include <stdlib.h>
#include <string.h>

#include "convert.h"
#include "insn.h"

struct loaded {
	const struct image *image;
	struct flat_info info;
	uint8_t *memory;     /* text, then data */
	uint64_t text, data; /* where they are loaded */
};

static uint64_t clip(const struct image *image, uint64_t value)
{
	return image->width == 32 ? (uint32_t)value : value;
}

static uint64_t load_word(const struct image *image, const uint8_t *at)
{
	return image->width == 32 ? insn_get32(at) : insn_get32(at) | (uint64_t)insn_get32(at + 4) << 32;
}

static void store_word(const struct image *image, uint8_t *at, uint64_t value)
{
	insn_put32(at, (uint32_t)value);
	if (image->width == 64)
		insn_put32(at + 4, (uint32_t)(value >> 32));
}

/* What the kernel does with the file. */
static void load(struct loaded *loaded, const struct flat_file *file)
{
	const struct flat_info *info = &loaded->info;

	memcpy(loaded->memory, file->bytes + BFLT_HEADER_SIZE, (size_t)info->text_size + info->data_size);
	for (uint32_t i = 0; i < info->reloc_count; i++) {
		uint8_t *word = loaded->memory + flat_reloc(file->bytes, info, i);
		uint64_t value = load_word(loaded->image, word);

		value = value < info->text_size ? loaded->text + value : loaded->data + (value - info->text_size);
		store_word(loaded->image, word, value);
	}
}

/* The offset in memory of an address of the linker's. */
static uint64_t offset_of(const struct loaded *loaded, uint64_t linked)
{
	const struct image *image = loaded->image;

	if (image_is_text(image, linked))
		return linked - image->text_base;
	return loaded->info.text_size + (linked - image->data_base);
}

/* Where a target must be found at run time. */
static uint64_t wanted(const struct loaded *loaded, const struct target *target)
{
	const struct image *image = loaded->image;

	if (target->place == PLACE_TEXT)
		return clip(image, loaded->text + (target->addr - image->text_base));
	if (target->place == PLACE_DATA)
		return clip(image, loaded->data + (target->addr - image->data_base));
	return clip(image, target->addr);
}

static int fail_verify(const struct loaded *loaded, const struct rela *rela, const char *what)
{
	return image_fail(loaded->image, rela->addr, "verification failed, %s against '%s': %s",
		kind_of(rela->type)->name, symbol_name(loaded->image, rela), what);
}

/* Runs a compressed instruction of those that pairs are made of; false for any other. */
static bool run_compressed(uint32_t insn, uint64_t *x)
{
	unsigned rd = insn >> 7 & 31, rs2 = insn >> 2 & 31;

	if (insn == INSN_C_NOP)
		return true;
	if ((insn & 0xe003) == 0x6001 && rd != 0 && rd != 2) {
		x[rd] = (uint64_t)((int64_t)((uint64_t)((insn >> 7 & 32) | rs2) << 58) >> 46);
		return true;
	}
	if ((insn & 0xf003) == 0x9002 && rd != 0 && rs2 != 0)
		x[rd] += x[rs2];
	else if ((insn & 0xf003) == 0x8002 && rd != 0 && rs2 != 0)
		x[rd] = x[rs2];
	else
		return false;
	return true;
}

/* Runs the four bytes of a first half. */
static bool run_first_half(const uint8_t *at, uint64_t pc, uint64_t *x)
{
	uint32_t insn = insn_get32(at);

	if ((insn & 3) != 3)
		return run_compressed(insn & 0xffff, x) && run_compressed(insn >> 16, x);
	if (insn_is_auipc(insn))
		x[insn_rd(insn)] = pc + (uint64_t)insn_upper(insn);
	else if (insn_is_lui(insn))
		x[insn_rd(insn)] = (uint64_t)insn_upper(insn);
	else
		return false;
	return true;
}

/* The relocation of the auipc that a second half belongs to. */
static const struct rela *find_hi(const struct image *image, const struct rela *lo)
{
	uint64_t addr = image->symbols[lo->symbol].value;
	size_t low = 0, high = image->rela_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (image->relas[middle].addr < addr)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < image->rela_count && image->relas[low].addr == addr; low++) {
		enum family family = kind_of(image->relas[low].type)->family;

		if (family == FAMILY_HI || family == FAMILY_GOT_HI)
			return &image->relas[low];
	}
	return NULL;
}

static int check_address(const struct loaded *loaded, const struct rela *hi, uint64_t addr)
{
	const struct image *image = loaded->image;
	uint64_t entry = clip(image, addr - loaded->data);
	struct target target;

	if (symbol_target(image, hi, &target) != 0)
		return -1;
	if (kind_of(hi->type)->family == FAMILY_HI)
		return addr == wanted(loaded, &target) ? 0 : fail_verify(loaded, hi, "wrong address");
	if (entry % (image->width / 8) != 0 || entry + image->width / 8 > loaded->info.data_size)
		return fail_verify(loaded, hi, "no GOT entry");
	if (load_word(image, loaded->memory + loaded->info.text_size + entry) != wanted(loaded, &target))
		return fail_verify(loaded, hi, "wrong GOT entry");
	return 0;
}

static int check_pair(const struct loaded *loaded, const struct rela *lo)
{
	const struct image *image = loaded->image;
	const struct rela *hi = find_hi(image, lo);
	bool store = kind_of(lo->type)->family == FAMILY_LO_S;
	const uint8_t *first, *second;
	uint64_t x[32], addr;
	uint32_t old;

	if (hi == NULL)
		return fail_verify(loaded, lo, "no first half");
	first = loaded->memory + offset_of(loaded, hi->addr);
	second = loaded->memory + offset_of(loaded, lo->addr);
	old = insn_get32(image_original(image, lo->addr, 4));
	for (unsigned i = 0; i < 32; i++)
		x[i] = 0x5a5a5a5a00000000u + i * 0x01010101u;
	x[REG_GP] = loaded->data + BFLT_GP_OFFSET;
	if (!run_first_half(first, loaded->text + (hi->addr - image->text_base), x))
		return fail_verify(loaded, hi, "wrong first half");
	if (insn_set_imm12(insn_get32(second), store, 0) != insn_set_imm12(old, store, 0))
		return fail_verify(loaded, lo, "wrong second half");
	addr = x[insn_rd(insn_get32(image_original(image, hi->addr, 4)))];
	return check_address(loaded, hi, clip(image, addr + (uint64_t)(int64_t)insn_imm12(insn_get32(second), store)));
}

static int check_word(const struct loaded *loaded, const struct rela *rela)
{
	const struct image *image = loaded->image;
	struct target target;

	if (kind_of(rela->type)->bytes != image->width / 8)
		return 0;
	if (symbol_target(image, rela, &target) != 0)
		return -1;
	if (load_word(image, loaded->memory + offset_of(loaded, rela->addr)) != wanted(loaded, &target))
		return fail_verify(loaded, rela, "wrong word");
	return 0;
}

static int check_relas(const struct loaded *loaded)
{
	const struct image *image = loaded->image;
	int result = 0;

	for (size_t i = 0; i < image->rela_count && result == 0; i++) {
		enum family family = kind_of(image->relas[i].type)->family;

		if (family == FAMILY_LO_I || family == FAMILY_LO_S)
			result = check_pair(loaded, &image->relas[i]);
		else if (family == FAMILY_WORD)
			result = check_word(loaded, &image->relas[i]);
	}
	return result;
}

/* Puts the linker's bytes back. */
static void restore(struct loaded *loaded, uint64_t linked, uint64_t size)
{
	memcpy(loaded->memory + offset_of(loaded, linked), image_original(loaded->image, linked, size), size);
}

static void restore_relocated(struct loaded *loaded, const struct flat_file *file)
{
	const struct image *image = loaded->image;
	uint32_t text = loaded->info.text_size;

	for (uint32_t i = 0; i < loaded->info.reloc_count; i++) {
		uint32_t offset = flat_reloc(file->bytes, &loaded->info, i);

		restore(loaded, offset < text ? image->text_base + offset : image->data_base + (offset - text),
			image->width / 8);
	}
	for (size_t i = 0; i < image->rela_count; i++) {
		enum family family = kind_of(image->relas[i].type)->family;

		if (family == FAMILY_HI || family == FAMILY_GOT_HI || family == FAMILY_LO_I || family == FAMILY_LO_S)
			restore(loaded, image->relas[i].addr, 4);
	}
}

static int check_rest(struct loaded *loaded, const struct flat_file *file)
{
	const struct image *image = loaded->image;

	restore_relocated(loaded, file);
	for (size_t i = 0; i < image->section_count; i++) {
		const struct section *section = &image->sections[i];

		if (section->loaded && section->bytes != NULL &&
			memcmp(loaded->memory + offset_of(loaded, section->addr), section->bytes, section->size) != 0)
			return flat_fail(image->error, section->name, 0,
				"verification failed, bytes changed without a relocation");
	}
	return 0;
}

static int verify_at(struct loaded *loaded, const struct flat_file *file, uint64_t text, uint64_t data)
{
	loaded->text = text;
	loaded->data = loaded->info.flags & BFLT_FLAG_RAM ? text + loaded->info.text_size : data;
	load(loaded, file);
	if (check_relas(loaded) != 0)
		return -1;
	return check_rest(loaded, file);
}

int verify_file(struct conversion *conversion, const struct flat_file *file)
{
	struct loaded loaded = {.image = &conversion->image};
	int result = -1;

	if (flat_parse(file->bytes, file->size, &loaded.info, conversion->image.error) != 0)
		return -1;
	loaded.memory = malloc((size_t)loaded.info.text_size + loaded.info.data_size);
	if (loaded.memory == NULL)
		return flat_fail(conversion->image.error, "verification", 0, "out of memory");
	if (verify_at(&loaded, file, 0x20010040, 0x80004560) == 0)
		result = verify_at(&loaded, file, 0x80a00550, 0x10000010);
	free(loaded.memory);
	return result;
}
