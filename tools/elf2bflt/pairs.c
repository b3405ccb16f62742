/*
 * Rewrites auipc pairs whose distance to their target changes.
 *
 *   executed in place, target in data      c.lui rd,hi  c.add rd,gp  op lo(rd)     hi = 0: c.mv rd,gp  c.nop  op lo(rd)
 *   target is a constant                   lui rd,hi                 op lo(rd)
 *   RAM image, target in data              auipc rd,hi               op lo(rd)     for the final distance
 *   target in text                         left alone
 *
 * A pair that is rewritten for execution in place must be whole: the second half follows the first at once, works on the
 * same register, and is the only one. Whatever else a compiler or a person may do with half an address is refused rather
 * than understood; a RAM image keeps the meaning of the first half, so it may have its halves apart.
 */
#include <stdlib.h>

#include "convert.h"
#include "insn.h"

struct pair {
	const struct rela *hi;
	struct target target; /* of a GOT pair: the entry */
	unsigned lo_count;
};

struct pairs {
	struct conversion *conversion;
	struct pair *table; /* by address */
	size_t count;
};

/* What the two halves are to hold. */
struct split {
	int64_t upper;
	int32_t lower;
};

static struct split split_offset(int64_t offset)
{
	struct split split;

	split.lower = (int32_t)(((uint64_t)offset & 0xfff) ^ 0x800) - 0x800;
	split.upper = (int64_t)((uint64_t)offset - (uint64_t)(int64_t)split.lower);
	return split;
}

static int fail_pair(const struct pairs *pairs, uint64_t addr, const struct pair *pair, const char *what)
{
	return image_fail(&pairs->conversion->image, addr, "broken pair for '%s': %s", pair->target.name, what);
}

static bool is_hi(const struct rela *rela)
{
	enum family family = kind_of(rela->type)->family;

	return family == FAMILY_HI || family == FAMILY_GOT_HI;
}

static bool is_lo(const struct rela *rela)
{
	enum family family = kind_of(rela->type)->family;

	return family == FAMILY_LO_I || family == FAMILY_LO_S;
}

static int collect_one(struct pairs *pairs, const struct rela *rela)
{
	const struct image *image = &pairs->conversion->image;
	struct pair *pair = &pairs->table[pairs->count];

	pair->hi = rela;
	if (symbol_target(image, rela, &pair->target) != 0)
		return -1;
	if (!insn_is_auipc(insn_get32(image_original(image, rela->addr, 4))))
		return fail_pair(pairs, rela->addr, pair, "the first half is no auipc");
	if (pairs->count != 0 && rela->addr - pair[-1].hi->addr < 4)
		return fail_pair(pairs, rela->addr, pair, "overlaps another");
	pairs->count++;
	return 0;
}

static int collect(struct pairs *pairs)
{
	const struct image *image = &pairs->conversion->image;

	pairs->table = calloc(image->rela_count + 1, sizeof(*pairs->table));
	if (pairs->table == NULL)
		return flat_fail(image->error, "relocations", 0, "out of memory");
	for (size_t i = 0; i < image->rela_count; i++)
		if (is_hi(&image->relas[i]) && collect_one(pairs, &image->relas[i]) != 0)
			return -1;
	return 0;
}

static struct pair *find(const struct pairs *pairs, uint64_t addr)
{
	size_t low = 0, high = pairs->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (pairs->table[middle].hi->addr < addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low < pairs->count && pairs->table[low].hi->addr == addr ? &pairs->table[low] : NULL;
}

/* The address that the linked instructions of a pair give. */
static uint64_t decode(const struct image *image, const struct pair *pair, const struct rela *lo)
{
	uint32_t hi_insn = insn_get32(image_original(image, pair->hi->addr, 4));
	uint32_t lo_insn = insn_get32(image_original(image, lo->addr, 4));
	int32_t lower = insn_imm12(lo_insn, kind_of(lo->type)->family == FAMILY_LO_S);
	uint64_t addr = pair->hi->addr + (uint64_t)insn_upper(hi_insn) + (uint64_t)(int64_t)lower;

	return image->width == 32 ? (uint32_t)addr : addr;
}

/* The GOT entry becomes the pair's target; what the entry holds is relocated. */
static int adopt_got_entry(struct pairs *pairs, struct pair *pair, uint64_t entry)
{
	struct image *image = &pairs->conversion->image;
	struct target held = pair->target;

	if (entry < image->data_base || image_original(image, entry, image->width / 8) == NULL)
		return fail_pair(pairs, pair->hi->addr, pair, "its GOT entry is not in data");
	pair->target.place = PLACE_DATA;
	pair->target.addr = entry;
	return words_add(pairs->conversion, entry, &held);
}

/* Whether the halves have to be adjacent. */
static bool must_be_whole(const struct pairs *pairs, const struct pair *pair)
{
	return !pairs->conversion->options.ram && pair->target.place != PLACE_TEXT;
}

static int check_whole(const struct pairs *pairs, const struct pair *pair, const struct rela *lo)
{
	const struct image *image = &pairs->conversion->image;
	unsigned rd = insn_rd(insn_get32(image_original(image, pair->hi->addr, 4)));

	if (pair->lo_count > 1)
		return fail_pair(pairs, lo->addr, pair, "several instructions share one auipc");
	if (lo->addr != pair->hi->addr + 4)
		return fail_pair(pairs, lo->addr, pair, "the two halves are not adjacent");
	if (insn_rs1(insn_get32(image_original(image, lo->addr, 4))) != rd)
		return fail_pair(pairs, lo->addr, pair, "the two halves use different registers");
	return 0;
}

/* Loads, stores, addi and jalr use the register as an address; a store must not also store it. */
static bool opcode_fits(uint32_t insn, bool store)
{
	unsigned opcode = insn & 0x7f, funct3 = insn >> 12 & 7, rs2 = insn >> 20 & 31;

	if (store)
		return opcode == 0x27 || (opcode == 0x23 && rs2 != insn_rs1(insn));
	return opcode == 0x03 || opcode == 0x07 || opcode == 0x67 || (opcode == 0x13 && funct3 == 0);
}

static int join_lo(struct pairs *pairs, const struct rela *lo)
{
	const struct image *image = &pairs->conversion->image;
	struct pair *pair = find(pairs, image->symbols[lo->symbol].value);
	uint32_t insn = insn_get32(image_original(image, lo->addr, 4));

	if (pair == NULL)
		return image_fail(image, lo->addr, "broken pair: %s at '%s', where no auipc is",
			kind_of(lo->type)->name, symbol_name(image, lo));
	if (lo->addend != 0)
		return fail_pair(pairs, lo->addr, pair, "an offset on its second half");
	if (!opcode_fits(insn, kind_of(lo->type)->family == FAMILY_LO_S))
		return fail_pair(pairs, lo->addr, pair, "its second half is no load, store or addition");
	if (pair->lo_count++ == 0 && kind_of(pair->hi->type)->family == FAMILY_GOT_HI &&
		adopt_got_entry(pairs, pair, decode(image, pair, lo)) != 0)
		return -1;
	if (decode(image, pair, lo) != pair->target.addr)
		return fail_pair(pairs, lo->addr, pair, "its instructions give another address");
	return must_be_whole(pairs, pair) ? check_whole(pairs, pair, lo) : 0;
}

static int join(struct pairs *pairs)
{
	const struct image *image = &pairs->conversion->image;

	for (size_t i = 0; i < image->rela_count; i++)
		if (is_lo(&image->relas[i]) && join_lo(pairs, &image->relas[i]) != 0)
			return -1;
	for (size_t i = 0; i < pairs->count; i++) {
		const struct pair *pair = &pairs->table[i];

		if (pair->lo_count == 0 &&
			(pair->target.place != PLACE_TEXT || kind_of(pair->hi->type)->family == FAMILY_GOT_HI))
			return fail_pair(pairs, pair->hi->addr, pair, "it has no second half");
	}
	return 0;
}

static bool moves(const struct pair *pair)
{
	return pair->target.place != PLACE_TEXT;
}

static struct split split_pair(const struct pairs *pairs, const struct pair *pair)
{
	const struct image *image = &pairs->conversion->image;
	uint64_t to = convert_file_value(image, PLACE_DATA, pair->target.addr);
	uint64_t from = convert_file_value(image, PLACE_TEXT, pair->hi->addr);

	if (pair->target.place == PLACE_CONSTANT)
		return split_offset(image_wrap(image, pair->target.addr));
	if (pairs->conversion->options.ram)
		return split_offset(image_wrap(image, to - from));
	return split_offset(image_wrap(image, pair->target.addr - image->gp));
}

/* lui and auipc take 20 bits; on rv32 addresses wrap, so every distance fits. */
static int put_upper(struct pairs *pairs, const struct pair *pair, uint8_t *site, uint32_t insn, int64_t upper)
{
	struct image *image = &pairs->conversion->image;
	int64_t wrapped = image_wrap(image, (uint64_t)upper);

	if (wrapped < INT32_MIN || wrapped > INT32_MAX)
		return fail_pair(pairs, pair->hi->addr, pair, "its target is more than 2 GiB away");
	insn_put32(site, insn_set_upper(insn, wrapped));
	return 0;
}

static int put_gp_relative(struct pairs *pairs, const struct pair *pair, uint8_t *site, unsigned rd, int64_t page)
{
	struct image *image = &pairs->conversion->image;

	if (rd == REG_ZERO || (page != 0 && (rd == REG_SP || rd == REG_GP)))
		return fail_pair(
			pairs, pair->hi->addr, pair, "it uses a register that cannot be rewritten (x0, sp or gp)");
	if (page < -32 || page > 31)
		return image_fail(image, pair->hi->addr,
			"reach exceeded: '%s' is %lld bytes from gp; use less data or --ram", pair->target.name,
			(long long)image_wrap(image, pair->target.addr - image->gp));
	insn_put16(site, page != 0 ? insn_c_lui(rd, page) : insn_c_mv(rd, REG_GP));
	insn_put16(site + 2, page != 0 ? insn_c_add(rd, REG_GP) : INSN_C_NOP);
	return 0;
}

static int rewrite_hi(struct pairs *pairs, const struct pair *pair)
{
	struct image *image = &pairs->conversion->image;
	uint8_t *site = convert_bytes(image, pair->hi->addr);
	uint32_t insn = insn_get32(image_original(image, pair->hi->addr, 4));
	struct split split = split_pair(pairs, pair);

	if (pair->target.place == PLACE_CONSTANT)
		return put_upper(pairs, pair, site, insn_lui(insn_rd(insn), 0), split.upper);
	if (pairs->conversion->options.ram)
		return put_upper(pairs, pair, site, insn, split.upper);
	return put_gp_relative(pairs, pair, site, insn_rd(insn), split.upper / 4096);
}

static void rewrite_lo(struct pairs *pairs, const struct rela *lo)
{
	struct image *image = &pairs->conversion->image;
	const struct pair *pair = find(pairs, image->symbols[lo->symbol].value);
	uint32_t insn = insn_get32(image_original(image, lo->addr, 4));
	bool store = kind_of(lo->type)->family == FAMILY_LO_S;

	if (moves(pair))
		insn_put32(convert_bytes(image, lo->addr), insn_set_imm12(insn, store, split_pair(pairs, pair).lower));
}

static int rewrite(struct pairs *pairs)
{
	const struct image *image = &pairs->conversion->image;

	for (size_t i = 0; i < pairs->count; i++)
		if (moves(&pairs->table[i]) && rewrite_hi(pairs, &pairs->table[i]) != 0)
			return -1;
	for (size_t i = 0; i < image->rela_count; i++)
		if (is_lo(&image->relas[i]))
			rewrite_lo(pairs, &image->relas[i]);
	return 0;
}

int pairs_apply(struct conversion *conversion)
{
	struct pairs pairs = {conversion, NULL, 0};
	int result = -1;

	if (collect(&pairs) == 0 && join(&pairs) == 0)
		result = rewrite(&pairs);
	free(pairs.table);
	return result;
}
