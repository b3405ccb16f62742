/*
 * The loader of flat binaries. It builds a new space beside whatever runs; every field of the file is foreign and checked before use.
 *
 *   in place   text stays in ROM (or is loaded once, text.c); data is copied, its relocated words adjusted
 *   RAM image  text and data are copied side by side into the arena
 */
#include "internal.h"

#include <abi/bflt.h>
#include <arch.h>
#include <kernel/string.h>
#include <kernel/thread.h>

#define SIZE_LIMIT 0x01000000u /* of text, data, bss and stack each: sums do not overflow */
#define COPY_STRETCH 4096u     /* bytes copied between two preemption points */
#define RELOCATION_STRETCH 64u

struct flat {
	struct node file;
	const uint8_t *direct; /* the file in memory, or NULL */
	size_t size;
	uint32_t entry, text, data, bss, heap, stack, flags; /* sizes; entry counts from the start of text */
	uint32_t reloc_start, reloc_count;
};

static uint32_t big32(uint32_t value)
{
	return value >> 24 | (value >> 8 & 0xff00) | (value << 8 & 0xff0000) | value << 24;
}

static int flat_read(const struct flat *flat, size_t offset, void *buf, size_t count)
{
	while (count) {
		size_t part = count < COPY_STRETCH ? count : COPY_STRETCH;

		if (flat->direct)
			memcpy(buf, flat->direct + offset, part);
		else if (vfs_read_exec(flat->file, offset, buf, part) != (long)part)
			return -EIO;
		buf = (uint8_t *)buf + part;
		offset += part;
		count -= part;
		if (count)
			thread_preempt_point();
	}
	return 0;
}

static bool header_fits(const struct flat *flat, uint32_t data_start, uint32_t data_end)
{
	uint32_t reloc_end = flat->reloc_start + 4 * flat->reloc_count;

	return data_end <= flat->size && flat->reloc_count <= SIZE_LIMIT / 4 && flat->reloc_start >= data_end &&
	       reloc_end >= flat->reloc_start && reloc_end <= flat->size && flat->entry < flat->text &&
	       data_start % BFLT_DATA_ALIGN == 0 && (flat->reloc_start & 3) == 0;
}

static int header_parse(struct flat *flat, const struct bflt_header *header)
{
	uint32_t data_start = big32(header->data_start), data_end = big32(header->data_end);
	uint32_t bss_end = big32(header->bss_end), width = big32(header->filler[0]);

	if (memcmp(header->magic, BFLT_MAGIC, 4) != 0 || big32(header->rev) != BFLT_VERSION)
		return -ENOEXEC;
	flat->flags = big32(header->flags);
	if ((flat->flags & ~(uint32_t)BFLT_FLAG_RAM) || (width ? width : 32) != 8 * sizeof(uintptr_t))
		return -ENOEXEC;
	if (data_start < BFLT_HEADER_SIZE || data_end < data_start || bss_end < data_end)
		return -ENOEXEC;
	flat->text = data_start - BFLT_HEADER_SIZE;
	flat->data = data_end - data_start;
	flat->bss = bss_end - data_end;
	flat->heap = big32(header->filler[1]);
	flat->stack = big32(header->stack_size);
	flat->entry = big32(header->entry) - BFLT_HEADER_SIZE;
	flat->reloc_start = big32(header->reloc_start);
	flat->reloc_count = big32(header->reloc_count);
	if ((flat->text | flat->data | flat->bss | flat->heap | flat->stack) >= SIZE_LIMIT)
		return -ENOEXEC;
	return header_fits(flat, data_start, data_end) ? 0 : -ENOEXEC;
}

/* These two are kept apart for the kernel stack: what they need lies there only while they run. */
static __attribute__((noinline)) int flat_open(struct flat *flat, struct node file)
{
	struct bflt_header copy;

	flat->file = file;
	flat->direct = vfs_direct(file, &flat->size);
	if (flat->direct && ((uintptr_t)flat->direct & 3) == 0) {
		if (flat->size < sizeof copy)
			return -ENOEXEC;
		return header_parse(flat, (const struct bflt_header *)flat->direct);
	}
	flat->direct = NULL;
	if (!file.fs->ops->size)
		return -ENOEXEC;
	flat->size = file.fs->ops->size(file);
	if (vfs_read_exec(file, 0, &copy, sizeof copy) != (long)sizeof copy)
		return -ENOEXEC;
	return header_parse(flat, &copy);
}

/* Where offset 0 (text) and offset flat->text (data) of relocated values lie, and what of it may be relocated. */
struct placement {
	uintptr_t text, data;
	uint32_t first; /* lowest offset that may hold a relocated word */
};

static int relocate_word(const struct flat *flat, const struct placement *at, uint32_t offset)
{
	uint32_t limit = flat->text + flat->data;
	uintptr_t *word;

	if (offset < at->first || offset >= limit || limit - offset < sizeof *word || (offset & (sizeof *word - 1)))
		return -ENOEXEC;
	word = (uintptr_t *)(at->data + offset - flat->text);
	*word += *word < flat->text ? at->text : at->data - flat->text;
	return 0;
}

/* Relocation entries come in handfuls, from wherever the file is. */
static __attribute__((noinline)) int relocate(const struct flat *flat, const struct placement *at)
{
	uint32_t some[8];

	for (uint32_t done = 0; done < flat->reloc_count;) {
		uint32_t left = flat->reloc_count - done, count = left < 8 ? left : 8;
		size_t offset = flat->reloc_start + 4 * (size_t)done;
		const uint32_t *entry = some;

		if (flat->direct)
			entry = (const uint32_t *)(flat->direct + offset);
		else if (flat_read(flat, offset, some, 4 * count) < 0)
			return -EIO;
		for (uint32_t i = 0; i < count; i++)
			if (relocate_word(flat, at, big32(entry[i])) < 0)
				return -ENOEXEC;
		done += count;
		if (done % RELOCATION_STRETCH == 0)
			thread_preempt_point();
	}
	return 0;
}

static int text_place(const struct flat *flat, struct space *space)
{
	int error;

	if (flat->flags & BFLT_FLAG_RAM) {
		space->text = space->data - flat->text;
		error = flat_read(flat, BFLT_HEADER_SIZE, (void *)space->text, flat->text);
		arch_sync_text();
	} else if (flat->direct) {
		space->text = (uintptr_t)flat->direct + BFLT_HEADER_SIZE;
		error = 0;
	} else {
		error = text_get(flat->file, BFLT_HEADER_SIZE, flat->text, &space->shared);
		space->text = error < 0 ? 0 : (uintptr_t)space->shared->block;
	}
	space->text_end = space->text + flat->text;
	return error;
}

static int space_fill(const struct flat *flat, struct space *space)
{
	struct placement at = {.data = space->data, .first = flat->flags & BFLT_FLAG_RAM ? 0 : flat->text};
	int error = text_place(flat, space);

	if (error < 0)
		return error;
	at.text = space->text;
	error = flat_read(flat, BFLT_HEADER_SIZE + flat->text, (void *)space->data, flat->data);
	if (error < 0)
		return error;
	memset((void *)(space->data + flat->data), 0, space->bss_end - space->data - flat->data);
	return relocate(flat, &at);
}

int bflt_load(struct node file, size_t args, struct program *program)
{
	struct flat flat;
	struct space_layout layout;
	struct space *space;
	int error = flat_open(&flat, file);

	if (error < 0)
		return error;
	layout = (struct space_layout){flat.stack, args, flat.flags & BFLT_FLAG_RAM ? flat.text : 0, flat.data, flat.bss, flat.heap};
	space = space_create(&layout);
	if (!space)
		return -ENOMEM;
	error = space_fill(&flat, space);
	if (error < 0) {
		space_release(space);
		return error;
	}
	space_update(space);
	vfs_hold(file);
	space->program = file;
	*program = (struct program){.space = space,
				    .entry = space->text + flat.entry,
				    .gp = space->data + BFLT_GP_OFFSET,
				    .stack_top = space->data - layout.text};
	return 0;
}
