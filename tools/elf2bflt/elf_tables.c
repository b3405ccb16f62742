/*
 * Symbols and the relocations of loaded sections, into plain tables: symbols by their index, relocations by address. Every
 * address and index in them has been checked against the sections and the symbol table.
 */
#include "elf_tables.h"

#include <gelf.h>
#include <stdlib.h>

static int read_symbol(struct image *image, Elf_Data *data, size_t names, size_t index)
{
	struct symbol *symbol = &image->symbols[index];
	GElf_Sym raw;

	if (gelf_getsym(data, (int)index, &raw) == NULL)
		return flat_fail(image->error, "symbol", index, "truncated");
	symbol->name = elf_strptr(image->elf, names, raw.st_name);
	if (symbol->name == NULL)
		symbol->name = "";
	symbol->value = raw.st_value;
	symbol->section = raw.st_shndx;
	symbol->weak = GELF_ST_BIND(raw.st_info) == STB_WEAK;
	symbol->function = GELF_ST_TYPE(raw.st_info) == STT_FUNC;
	return 0;
}

int tables_read_symbols(struct image *image)
{
	Elf_Scn *scn = image->symbol_table != 0 ? elf_getscn(image->elf, image->symbol_table) : NULL;
	Elf_Data *data = scn != NULL ? elf_getdata(scn, NULL) : NULL;
	GElf_Shdr header;
	size_t count;

	if (data == NULL || gelf_getshdr(scn, &header) == NULL || header.sh_entsize == 0)
		return flat_fail(image->error, PLACE_HEADER, 0, "no symbol table; do not strip before converting");
	count = data->d_size / header.sh_entsize;
	image->symbols = calloc(count + 1, sizeof(*image->symbols));
	if (image->symbols == NULL)
		return flat_fail(image->error, PLACE_HEADER, 0, "out of memory");
	image->symbol_count = count;
	for (size_t i = 0; i < count; i++)
		image->symbols[i].name = "";
	for (size_t i = 0; i < count; i++)
		if (read_symbol(image, data, header.sh_link, i) != 0)
			return -1;
	return 0;
}

static int read_rela(
	struct image *image, const struct section *from, const struct section *target, Elf_Data *data, size_t index)
{
	struct rela *rela = &image->relas[image->rela_count];
	GElf_Rela raw;

	if (gelf_getrela(data, (int)index, &raw) == NULL)
		return flat_fail(image->error, from->name, index, "truncated relocation");
	rela->addr = raw.r_offset;
	rela->addend = raw.r_addend;
	rela->type = (uint32_t)GELF_R_TYPE(raw.r_info);
	rela->symbol = (uint32_t)GELF_R_SYM(raw.r_info);
	rela->order = (uint32_t)image->rela_count;
	if (!image_section_holds(target, rela->addr, 0))
		return flat_fail(image->error, from->name,
			index * (image->width == 64 ? sizeof(Elf64_Rela) : sizeof(Elf32_Rela)),
			"relocates 0x%llx, outside of section %s", (unsigned long long)rela->addr, target->name);
	if (rela->symbol >= image->symbol_count)
		return image_fail(image, rela->addr, "relocation names symbol %u, which does not exist", rela->symbol);
	image->rela_count++;
	return 0;
}

static int read_rela_section(struct image *image, const struct section *from, Elf_Scn *scn, const GElf_Shdr *header)
{
	const struct section *target = &image->sections[header->sh_info];
	Elf_Data *data = elf_getdata(scn, NULL);
	struct rela *grown;
	size_t count;

	if (data == NULL || header->sh_entsize == 0 || header->sh_link != image->symbol_table)
		return flat_fail(image->error, from->name, 0, "broken relocation section");
	count = data->d_size / header->sh_entsize;
	if (count > UINT32_MAX - image->rela_count - 1)
		return flat_fail(image->error, from->name, 0, "too many relocations");
	grown = reallocarray(image->relas, image->rela_count + count + 1, sizeof(*grown));
	if (grown == NULL)
		return flat_fail(image->error, from->name, 0, "out of memory");
	image->relas = grown;
	for (size_t i = 0; i < count; i++)
		if (read_rela(image, from, target, data, i) != 0)
			return -1;
	return 0;
}

static int compare_relas(const void *left, const void *right)
{
	const struct rela *a = left, *b = right;

	if (a->addr != b->addr)
		return a->addr < b->addr ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

int tables_read_relas(struct image *image)
{
	GElf_Shdr header;

	for (size_t i = 1; i < image->section_count; i++) {
		Elf_Scn *scn = elf_getscn(image->elf, i);

		if (gelf_getshdr(scn, &header) == NULL || (header.sh_type != SHT_RELA && header.sh_type != SHT_REL) ||
			header.sh_info >= image->section_count || !image->sections[header.sh_info].loaded)
			continue;
		if (header.sh_type == SHT_REL)
			return flat_fail(image->error, image->sections[i].name, 0, "relocations without addends");
		if (read_rela_section(image, &image->sections[i], scn, &header) != 0)
			return -1;
	}
	if (image->rela_count == 0)
		return flat_fail(image->error, PLACE_HEADER, 0, "no relocations were kept; link with -Wl,-q");
	qsort(image->relas, image->rela_count, sizeof(*image->relas), compare_relas);
	return 0;
}
