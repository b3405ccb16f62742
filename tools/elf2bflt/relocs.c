/*
 * Judges every relocation that the linker kept. After the conversion text and data may lie at any two addresses, so what
 * stays inside one segment is right already, what crosses must be a pair or a word, and anything else is an error.
 */
#include "convert.h"
#include "insn.h"

static int place_of_site(const struct image *image, const struct rela *rela, enum place *place)
{
	const struct kind *kind = kind_of(rela->type);

	*place = image_is_text(image, rela->addr) ? PLACE_TEXT : PLACE_DATA;
	if (image_original(image, rela->addr, kind->bytes) == NULL)
		return image_fail(image, rela->addr, "%s against '%s' is outside of the section's contents", kind->name,
			symbol_name(image, rela));
	return 0;
}

static int fail_kind(const struct image *image, const struct rela *rela, const char *what)
{
	return image_fail(
		image, rela->addr, "%s against '%s': %s", kind_of(rela->type)->name, symbol_name(image, rela), what);
}

static int check_word(
	struct conversion *conversion, const struct rela *rela, const struct target *target, enum place site)
{
	const struct image *image = &conversion->image;

	if (kind_of(rela->type)->bytes == image->width / 8) {
		if (target->place != PLACE_CONSTANT && site == PLACE_TEXT && !conversion->options.ram)
			return fail_kind(
				image, rela, "absolute address in read-only data; compile with -fPIC or use --ram");
		return words_add(conversion, rela->addr, target);
	}
	if (target->place != PLACE_CONSTANT)
		return fail_kind(image, rela, "pointer of another width than the program's");
	return 0;
}

static int check_branch(const struct image *image, const struct rela *rela, const struct target *target)
{
	if (target->place != PLACE_TEXT)
		return fail_kind(image, rela, "jump out of text");
	return 0;
}

/* The linker makes a call of an undefined weak function absolute: jalr rd, 0(x0). */
static int check_call(const struct image *image, const struct rela *rela, const struct target *target)
{
	const uint8_t *site = image_original(image, rela->addr, 8);
	uint32_t auipc = insn_get32(site), jalr = insn_get32(site + 4);
	uint64_t base = rela->addr + (uint64_t)insn_upper(auipc);

	if (insn_rs1(jalr) == REG_ZERO)
		base = 0;
	if (!insn_is_auipc(auipc) ||
		image_wrap(image, base + (uint64_t)insn_imm12(jalr, false)) != image_wrap(image, target->addr))
		return fail_kind(image, rela, "instructions do not match");
	if (target->place == PLACE_DATA)
		return fail_kind(image, rela, "call out of text");
	if ((target->place == PLACE_TEXT) == (insn_rs1(jalr) == REG_ZERO))
		return fail_kind(image, rela, "call between an absolute and a relative address");
	return 0;
}

static int check_absolute(const struct image *image, const struct rela *rela, const struct target *target)
{
	if (target->place != PLACE_CONSTANT)
		return fail_kind(
			image, rela, "absolute address in an instruction; compile with -fPIC -mno-explicit-relocs");
	return 0;
}

static int check_gp(const struct image *image, const struct rela *rela, const struct target *target)
{
	uint32_t insn = insn_get32(image_original(image, rela->addr, 4));
	int64_t imm = insn_imm12(insn, kind_of(rela->type)->family == FAMILY_GP_S);

	if (imm != image_wrap(image, target->addr))
		return fail_kind(image, rela, "instruction does not match");
	if (insn_rs1(insn) == REG_GP && target->place == PLACE_DATA)
		return 0;
	if (insn_rs1(insn) == REG_ZERO && target->place == PLACE_CONSTANT)
		return 0;
	if (insn_rs1(insn) == REG_ZERO)
		return fail_kind(image, rela, "the linker made the address absolute; place text at 0x1000 or above");
	return fail_kind(image, rela, "relative to gp, but not in data");
}

static int check_distance(
	const struct image *image, const struct rela *rela, const struct target *target, enum place site)
{
	if (target->place != site)
		return fail_kind(image, rela, "distance between text and data, which is not fixed");
	return 0;
}

/* Sums the terms of the difference that starts at *index and steps over them. */
static int check_difference(const struct image *image, size_t *index)
{
	const struct rela *first = &image->relas[*index];
	int sum[PLACE_CONSTANT + 1] = {0};

	for (; *index < image->rela_count && image->relas[*index].addr == first->addr; ++*index) {
		const struct rela *rela = &image->relas[*index];
		enum family family = kind_of(rela->type)->family;
		struct target target;

		if (family != FAMILY_ADD && family != FAMILY_SUB)
			break;
		if (symbol_target(image, rela, &target) != 0)
			return -1;
		sum[target.place] += family == FAMILY_ADD ? 1 : -1;
	}
	if (sum[PLACE_TEXT] != 0 || sum[PLACE_DATA] != 0)
		return fail_kind(image, first, "difference that is not between two symbols of one segment");
	return 0;
}

/* Relocations that are right or wrong without a look at their symbol. */
static int check_lone(const struct image *image, const struct rela *rela, enum place site)
{
	switch (kind_of(rela->type)->family) {
	case FAMILY_UNKNOWN:
		return image_fail(image, rela->addr, "relocation of unknown type %u", rela->type);
	case FAMILY_TLS:
		return fail_kind(image, rela, "thread-local variable through a table; compile with -ftls-model=local-exec");
	case FAMILY_DYNAMIC:
		return fail_kind(image, rela, "needs a dynamic linker; link with -static");
	case FAMILY_WORD:
	case FAMILY_DISTANCE:
		return 0;
	default:
		return site == PLACE_TEXT ? 0 : fail_kind(image, rela, "code in a writable section");
	}
}

static int check_symbolic(struct conversion *conversion, const struct rela *rela, enum place site)
{
	const struct image *image = &conversion->image;
	struct target target;

	if (symbol_target(image, rela, &target) != 0)
		return -1;
	switch (kind_of(rela->type)->family) {
	case FAMILY_WORD:
		return check_word(conversion, rela, &target, site);
	case FAMILY_BRANCH:
		return check_branch(image, rela, &target);
	case FAMILY_CALL:
		return check_call(image, rela, &target);
	case FAMILY_ABSOLUTE:
		return check_absolute(image, rela, &target);
	case FAMILY_GP_I:
	case FAMILY_GP_S:
		return check_gp(image, rela, &target);
	case FAMILY_DISTANCE:
		return check_distance(image, rela, &target, site);
	default:
		return 0; /* halves of pairs: pairs.c */
	}
}

/* Judges one relocation, or one difference, and steps over it. */
static int check_next(struct conversion *conversion, size_t *index)
{
	const struct image *image = &conversion->image;
	const struct rela *rela = &image->relas[*index];
	enum family family = kind_of(rela->type)->family;
	enum place site;

	if (family == FAMILY_IGNORE) {
		++*index;
		return 0;
	}
	if (place_of_site(image, rela, &site) != 0)
		return -1;
	if (family == FAMILY_ADD || family == FAMILY_SUB)
		return check_difference(image, index);
	++*index;
	if (check_lone(image, rela, site) != 0)
		return -1;
	return check_symbolic(conversion, rela, site);
}

int relocs_apply(struct conversion *conversion)
{
	size_t index = 0;

	while (index < conversion->image.rela_count)
		if (check_next(conversion, &index) != 0)
			return -1;
	return 0;
}
