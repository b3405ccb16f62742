/*
 * Reads an ELF through libelf and refuses what cannot become a flat binary: other machines, classes or types, dynamic
 * linking, thread-local storage, overlapping or oversized sections, a data segment without a gp that fits it, no kept
 * relocations (symbols and relocations: elf_tables.c).
 */
#include "elf_image.h"

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "elf_tables.h"

#define SEGMENT_MAX ((16u << 20) - 64) /* bytes of text, and of data with bss; padding keeps them below 16 MiB */
#define SECTION_COUNT_MAX 65279u

#ifndef EF_RISCV_RVC
#define EF_RISCV_RVC 1
#endif

static int check_ident(struct image *image, const uint8_t *bytes, size_t size)
{
	if (size < EI_NIDENT || memcmp(bytes, ELFMAG, SELFMAG) != 0)
		return flat_fail(image->error, PLACE_HEADER, 0, "not an ELF file");
	if (bytes[EI_CLASS] != ELFCLASS32 && bytes[EI_CLASS] != ELFCLASS64)
		return flat_fail(image->error, PLACE_HEADER, EI_CLASS, "neither 32 nor 64 bits wide");
	if (bytes[EI_DATA] != ELFDATA2LSB)
		return flat_fail(image->error, PLACE_HEADER, EI_DATA, "not little-endian");
	if (bytes[EI_VERSION] != EV_CURRENT)
		return flat_fail(image->error, PLACE_HEADER, EI_VERSION, "unknown ELF version");
	image->width = bytes[EI_CLASS] == ELFCLASS64 ? 64 : 32;
	return 0;
}

static const char *type_advice(unsigned type)
{
	switch (type) {
	case ET_REL:
		return "an object file; link it first";
	case ET_DYN:
		return "linked as a shared or position-independent file; link with -static -no-pie";
	default:
		return "not an executable";
	}
}

static int check_header(struct image *image, GElf_Ehdr *header)
{
	if (gelf_getehdr(image->elf, header) == NULL)
		return flat_fail(image->error, PLACE_HEADER, 0, "truncated header");
	if (header->e_machine != EM_RISCV)
		return flat_fail(image->error, PLACE_HEADER, 18, "machine %u is not RISC-V", header->e_machine);
	if (header->e_type != ET_EXEC)
		return flat_fail(image->error, PLACE_HEADER, 16, "%s", type_advice(header->e_type));
	if (!(header->e_flags & EF_RISCV_RVC))
		return flat_fail(image->error, PLACE_HEADER, image->width == 32 ? 36 : 48,
			"compiled without compressed instructions, which the rewritten code needs");
	image->entry = header->e_entry;
	return 0;
}

static int check_segments(struct image *image)
{
	size_t count;
	GElf_Phdr segment;

	if (elf_getphdrnum(image->elf, &count) != 0)
		return flat_fail(image->error, PLACE_HEADER, 0, "broken program headers");
	for (size_t i = 0; i < count; i++) {
		if (gelf_getphdr(image->elf, (int)i, &segment) == NULL)
			return flat_fail(image->error, "program header", i, "truncated");
		if (segment.p_type == PT_DYNAMIC || segment.p_type == PT_INTERP)
			return flat_fail(image->error, "program header", i, "dynamically linked; link with -static");
	}
	return 0;
}

/* Whether a loaded section is of a kind that a static program may have; fills the error if not. */
static int check_kind(struct image *image, const struct section *section, const GElf_Shdr *header)
{
	switch (header->sh_type) {
	case SHT_DYNAMIC:
	case SHT_DYNSYM:
	case SHT_HASH:
	case SHT_GNU_HASH:
	case SHT_REL:
	case SHT_RELA:
		if (section->size != 0)
			return flat_fail(image->error, section->name, 0, "needs a dynamic linker; link with -static");
	}
	if (section->size > SEGMENT_MAX || section->addr > UINT64_MAX - section->size)
		return flat_fail(image->error, section->name, 0, "size 0x%llx is not below 16 MiB",
			(unsigned long long)section->size);
	if (section->align > BFLT_DATA_ALIGN)
		return flat_fail(image->error, section->name, 0,
			"alignment %llu is more than the %d that loading keeps", (unsigned long long)section->align,
			BFLT_DATA_ALIGN);
	if (header->sh_type == SHT_NOBITS && !section->writable)
		return flat_fail(image->error, section->name, 0, "read-only section without contents");
	return 0;
}

static int find_bytes(struct image *image, struct section *section, const GElf_Shdr *header)
{
	size_t size;
	const char *file = elf_rawfile(image->elf, &size);

	if (header->sh_type == SHT_NOBITS)
		return 0;
	if (header->sh_offset > size || size - header->sh_offset < section->size)
		return flat_fail(image->error, section->name, 0, "contents lie past the end of the file");
	section->bytes = (const uint8_t *)file + header->sh_offset;
	return 0;
}

static int read_section(struct image *image, size_t index, size_t names)
{
	struct section *section = &image->sections[index];
	GElf_Shdr header;
	Elf_Scn *scn = elf_getscn(image->elf, index);

	if (scn == NULL || gelf_getshdr(scn, &header) == NULL)
		return flat_fail(image->error, "section header", index, "truncated");
	section->name = elf_strptr(image->elf, names, header.sh_name);
	if (section->name == NULL)
		section->name = "(unnamed)";
	section->addr = header.sh_addr;
	section->size = header.sh_size;
	section->align = header.sh_addralign;
	section->writable = (header.sh_flags & SHF_WRITE) != 0;
	section->alloc = (header.sh_flags & SHF_ALLOC) != 0;
	section->loaded = section->alloc && section->size != 0;
	/* Zeros of thread-local variables have a size, but no addresses. */
	if (section->loaded && header.sh_flags & SHF_TLS) {
		image->thread_local = true;
		section->loaded = header.sh_type != SHT_NOBITS;
	}
	if (header.sh_type == SHT_SYMTAB && image->symbol_table == 0)
		image->symbol_table = index;
	if (!(header.sh_flags & SHF_ALLOC))
		return 0;
	if (check_kind(image, section, &header) != 0)
		return -1;
	return find_bytes(image, section, &header);
}

static int read_sections(struct image *image)
{
	size_t names;

	if (elf_getshdrnum(image->elf, &image->section_count) != 0 || image->section_count == 0 ||
		image->section_count > SECTION_COUNT_MAX || elf_getshdrstrndx(image->elf, &names) != 0) {
		image->section_count = 0;
		return flat_fail(
			image->error, PLACE_HEADER, 0, "no section headers, or they lie past the end of the file");
	}
	image->sections = calloc(image->section_count, sizeof(*image->sections));
	if (image->sections == NULL) {
		image->section_count = 0;
		return flat_fail(image->error, PLACE_HEADER, 0, "out of memory");
	}
	for (size_t i = 1; i < image->section_count; i++)
		if (read_section(image, i, names) != 0)
			return -1;
	return 0;
}

static int check_overlap(struct image *image, const struct section *section)
{
	for (size_t i = 0; i < image->section_count; i++) {
		const struct section *other = &image->sections[i];

		if (other == section || !other->loaded || other->addr >= section->addr + section->size ||
			section->addr >= other->addr + other->size)
			continue;
		return flat_fail(image->error, section->name, 0, "overlaps section %s", other->name);
	}
	return 0;
}

static void extend(uint64_t *base, uint64_t *end, const struct section *section)
{
	if (section->addr < *base)
		*base = section->addr;
	if (section->addr + section->size > *end)
		*end = section->addr + section->size;
}

/* Finds the extent of text and data from the sections. */
static int measure(struct image *image)
{
	uint64_t unused = UINT64_MAX;

	image->text_base = image->data_base = UINT64_MAX;
	for (size_t i = 0; i < image->section_count; i++) {
		const struct section *section = &image->sections[i];

		if (!section->loaded)
			continue;
		if (check_overlap(image, section) != 0)
			return -1;
		if (!section->writable)
			extend(&image->text_base, &image->text_end, section);
		else
			extend(&image->data_base, &image->bss_end, section);
		if (section->writable && section->bytes != NULL)
			extend(&unused, &image->data_end, section);
	}
	if (image->text_end == 0)
		return flat_fail(image->error, PLACE_HEADER, 0, "the program has no text");
	return 0;
}

/* gp fixes where data begins, even when the first sections are empty; a program without it uses none. */
static int place_gp(struct image *image)
{
	for (size_t i = 0; i < image->symbol_count; i++) {
		const struct symbol *symbol = &image->symbols[i];

		if (symbol->section == SHN_UNDEF || strcmp(symbol->name, "__global_pointer$") != 0)
			continue;
		if (image->bss_end != 0 && symbol->value - BFLT_GP_OFFSET > image->data_base)
			return flat_fail(image->error, "__global_pointer$", 0,
				"is 0x%llx, and must be the start of data + 0x%x", (unsigned long long)symbol->value,
				BFLT_GP_OFFSET);
		image->data_base = symbol->value - BFLT_GP_OFFSET;
	}
	if (image->data_base == UINT64_MAX)
		image->data_base = (image->text_end + 2 * BFLT_DATA_ALIGN) & ~(uint64_t)(BFLT_DATA_ALIGN - 1);
	image->gp = image->data_base + BFLT_GP_OFFSET;
	if (image->data_end < image->data_base)
		image->data_end = image->data_base;
	if (image->bss_end < image->data_end)
		image->bss_end = image->data_end;
	return 0;
}

static int check_layout(struct image *image)
{
	image->text_base &= ~(uint64_t)(BFLT_DATA_ALIGN - 1);
	if (image->data_base % BFLT_DATA_ALIGN != 0)
		return flat_fail(image->error, "data", 0, "starts at 0x%llx, which is no multiple of %d",
			(unsigned long long)image->data_base, BFLT_DATA_ALIGN);
	if (image->text_end >= image->data_base)
		return flat_fail(image->error, "data", 0, "starts at 0x%llx, before the read-only sections end",
			(unsigned long long)image->data_base);
	if (image->text_end - image->text_base > SEGMENT_MAX)
		return flat_fail(image->error, "text", 0, "text is not below 16 MiB");
	if (image->bss_end - image->data_base > SEGMENT_MAX)
		return flat_fail(image->error, "data", 0, "data and bss are not below 16 MiB");
	if (!image_is_text(image, image->entry) || image->entry % 2 != 0)
		return flat_fail(image->error, PLACE_HEADER, 24, "entry 0x%llx is no address of text",
			(unsigned long long)image->entry);
	return 0;
}

static void copy_sections(struct image *image)
{
	for (size_t i = 0; i < image->section_count; i++) {
		const struct section *section = &image->sections[i];

		if (!section->loaded || section->bytes == NULL)
			continue;
		if (section->writable)
			memcpy(image->data + (section->addr - image->data_base), section->bytes, section->size);
		else
			memcpy(image->text + (section->addr - image->text_base), section->bytes, section->size);
	}
}

/* Text is padded by at least one byte, so that a pointer to its end stays below its size and is told from one to data. */
static int copy_segments(struct image *image)
{
	uint64_t text = image->text_end - image->text_base + 1;
	uint64_t data = image->data_end - image->data_base;

	image->text_size = (uint32_t)((text + BFLT_DATA_ALIGN - 1) & ~(uint64_t)(BFLT_DATA_ALIGN - 1));
	image->data_size = (uint32_t)((data + 3) & ~(uint64_t)3);
	image->text = calloc(1, image->text_size);
	image->data = calloc(1, image->data_size + 1u);
	if (image->text == NULL || image->data == NULL)
		return flat_fail(image->error, PLACE_HEADER, 0, "out of memory");
	copy_sections(image);
	return 0;
}

/* The C library's start fills the first thread's copy, where a program says that it needs one. */
static int check_thread_local(struct image *image)
{
	if (!image->thread_local)
		return 0;
	for (size_t i = 0; i < image->symbol_count; i++)
		if (strcmp(image->symbols[i].name, "__tls_begin") == 0 && image->symbols[i].section != SHN_UNDEF)
			return 0;
	return flat_fail(image->error, PLACE_HEADER, 0,
		"thread-local variables that nothing fills; link with sublet-cc, or with -Wl,-u,__tls_begin");
}

int image_open(struct image *image, const void *elf, size_t size, struct flat_error *error)
{
	GElf_Ehdr header;

	memset(image, 0, sizeof(*image));
	image->error = error;
	if (check_ident(image, elf, size) != 0)
		return -1;
	elf_version(EV_CURRENT);
	image->elf = elf_memory((char *)(uintptr_t)elf, size);
	if (image->elf == NULL || elf_kind(image->elf) != ELF_K_ELF)
		return flat_fail(error, PLACE_HEADER, 0, "not a whole ELF file");
	if (check_header(image, &header) != 0 || check_segments(image) != 0 || read_sections(image) != 0 ||
		measure(image) != 0 || tables_read_symbols(image) != 0 || check_thread_local(image) != 0 ||
		place_gp(image) != 0 || check_layout(image) != 0 || tables_read_relas(image) != 0)
		return -1;
	return copy_segments(image);
}

void image_close(struct image *image)
{
	free(image->relas);
	free(image->symbols);
	free(image->sections);
	free(image->text);
	free(image->data);
	if (image->elf != NULL)
		elf_end(image->elf);
}
