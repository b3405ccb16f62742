/*
 * The loader of flat binaries: what a loaded program looks like, and hostile files.
 */
#include "world.h"

#include <stdlib.h>
#include <string.h>

#define WORDS(array) .words = array, .word_count = sizeof(array) / sizeof((array)[0])
#define RELOCATIONS(array) .relocations = array, .relocation_count = sizeof(array) / sizeof((array)[0])

static void nothing(void)
{
}

static struct flat_image image;
static struct memfs_file *file;
static struct program program;

static void file_make(const struct flat_recipe *recipe)
{
	image = flat_make(recipe);
	memfs_reset();
	file = memfs_add("program", image.bytes, image.size, MEMFS_PROGRAM);
}

static int load(void)
{
	return bflt_load(memfs_node(file), 100, &program);
}

static void unload(void)
{
	space_release(program.space);
	memfs_assert_released();
	unit_assert_nothing_leaked();
}

/* Text and data of the loaded program have the bytes of the file, from `from` bytes into data on. */
static void contents_verify(uint32_t from)
{
	const uint8_t *text = (const uint8_t *)program.space->text, *data = (const uint8_t *)program.space->data;

	assert_memory_equal(text, image.bytes + BFLT_HEADER_SIZE, image.text);
	assert_memory_equal(data + from, image.bytes + BFLT_HEADER_SIZE + image.text + from, image.data - from);
}

static void arena_verify(uint32_t bss, uint32_t stack)
{
	const struct space *space = program.space;
	const uint8_t *p = (const uint8_t *)space->data + image.data, *stack_bytes = (const uint8_t *)space->base;

	assert_true(space->bss_end >= space->data + image.data + bss);
	assert_true(space->bss_end < space->data + image.data + bss + 16);
	assert_int_equal(space->brk, space->bss_end);
	assert_int_equal(space->data % BFLT_DATA_ALIGN, 0);
	assert_int_equal(space->brk % 16, 0);
	assert_true(program.stack_top - space->base >= stack + 100);
	assert_true(space->brk <= space->base + mem_size((void *)space->base));
	for (; p < (const uint8_t *)space->bss_end; p++)
		assert_int_equal(*p, 0);
	for (p = stack_bytes; p < (const uint8_t *)program.stack_top; p++)
		assert_int_equal(*p, 0);
}

static void text_is_executed_in_place(void **state)
{
	(void)state;
	file_make(&(struct flat_recipe){.main = nothing, .text = 160, .data = 100, .bss = 1000, .stack = 512});
	assert_int_equal(load(), 0);
	assert_ptr_equal(program.space->text, image.bytes + BFLT_HEADER_SIZE);
	assert_int_equal(program.space->text_end - program.space->text, 160);
	assert_int_equal(program.entry, program.space->text);
	assert_int_equal(program.gp, program.space->data + BFLT_GP_OFFSET);
	assert_null(program.space->shared);
	contents_verify(0);
	arena_verify(1000, 512);
	unload();
}

static void arch_regions_are_exact(void **state)
{
	const struct space *space;

	(void)state;
	file_make(&(struct flat_recipe){.main = nothing, .data = 100, .bss = 3});
	assert_int_equal(load(), 0);
	space = program.space;
	assert_int_equal(space->arch.text, space->text);
	assert_int_equal(space->arch.text_end, space->text_end);
	assert_int_equal(space->arch.data, space->base);
	assert_int_equal(space->arch.data_end, space->brk);
	unload();
}

static void text_is_loaded_once_and_shared(void **state)
{
	struct space *first;

	(void)state;
	file_make(&(struct flat_recipe){.main = nothing, .text = 160, .data = 100});
	file->direct = false;
	assert_int_equal(load(), 0);
	contents_verify(0);
	first = program.space;
	assert_int_equal(file->denied, 1);
	assert_int_equal(load(), 0);
	assert_int_equal(program.space->text, first->text);
	assert_int_not_equal(program.space->data, first->data);
	assert_int_equal(file->denied, 1);
	space_release(first);
	contents_verify(0);
	unload();
}

static void ram_image_is_copied_side_by_side(void **state)
{
	(void)state;
	for (int direct = 0; direct < 2; direct++) {
		file_make(&(struct flat_recipe){
			.main = nothing, .text = 160, .data = 100, .bss = 500, .flags = BFLT_FLAG_RAM});
		file->direct = direct;
		assert_int_equal(load(), 0);
		assert_int_equal(program.space->text + 160, program.space->data);
		assert_int_equal(host_text_syncs(), direct + 1);
		assert_true(program.stack_top <= program.space->text);
		contents_verify(0);
		arena_verify(500, 1024);
		unload();
	}
}

static void large_programs_are_copied_whole(void **state)
{
	(void)state;
	for (int direct = 0; direct < 2; direct++) {
		file_make(&(struct flat_recipe){.main = nothing, .text = 40000, .data = 70001, .bss = 100});
		file->direct = direct;
		assert_int_equal(load(), 0);
		contents_verify(0);
		arena_verify(100, 1024);
		unload();
	}
}

static uintptr_t word_at(uint32_t index)
{
	return ((const uintptr_t *)program.space->data)[index];
}

static void words_are_relocated_by_text_or_data(void **state)
{
	const uintptr_t words[] = {0, 63, 64, 127, 128, 500};
	const uint32_t at[] = {64, 64 + 8, 64 + 16, 64 + 24, 64 + 40};

	(void)state;
	for (int direct = 0; direct < 2; direct++) {
		file_make(&(struct flat_recipe){.main = nothing, .data = 64, WORDS(words), RELOCATIONS(at)});
		file->direct = direct;
		assert_int_equal(load(), 0);
		assert_int_equal(word_at(0), program.space->text);
		assert_int_equal(word_at(1), program.space->text + 63);
		assert_int_equal(word_at(2), program.space->data);
		assert_int_equal(word_at(3), program.space->data + 63);
		assert_int_equal(word_at(4), 128); /* not in the table */
		assert_int_equal(word_at(5), program.space->data + 500 - 64);
		contents_verify(sizeof words);
		unload();
	}
}

static void ram_image_relocates_words_in_text(void **state)
{
	const uint32_t at[] = {8, 16, 64};
	const uintptr_t word = 70;

	(void)state;
	file_make(&(struct flat_recipe){
		.main = nothing, .data = 64, .words = &word, .word_count = 1, RELOCATIONS(at), .flags = BFLT_FLAG_RAM});
	memcpy(image.bytes + BFLT_HEADER_SIZE + 8, &(uintptr_t){5}, sizeof(uintptr_t));
	memcpy(image.bytes + BFLT_HEADER_SIZE + 16, &(uintptr_t){64}, sizeof(uintptr_t));
	assert_int_equal(load(), 0);
	assert_int_equal(((uintptr_t *)program.space->text)[1], program.space->text + 5);
	assert_int_equal(((uintptr_t *)program.space->text)[2], program.space->data);
	assert_int_equal(word_at(0), program.space->data + 6);
	unload();
}

static void many_relocations_are_all_done(void **state)
{
	static uint32_t at[1000];
	static uintptr_t words[1000];

	(void)state;
	for (uint32_t i = 0; i < 1000; i++) {
		at[i] = 64 + 8 * (999 - i);
		words[i] = 64 + i;
	}
	for (int direct = 0; direct < 2; direct++) {
		file_make(&(struct flat_recipe){.main = nothing, .data = sizeof words, WORDS(words), RELOCATIONS(at)});
		file->direct = direct;
		assert_int_equal(load(), 0);
		for (uint32_t i = 0; i < 1000; i++)
			assert_int_equal(word_at(i), program.space->data + i);
		unload();
	}
}

static void relocation_outside_of_data_is_refused(void **state)
{
	static const uint32_t bad[] = {0,   8,   56,  60,  63,         65,         68,
				       124, 127, 128, 136, 0x80000040, 0xfffffff8, 0xffffffff};

	(void)state;
	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		file_make(&(struct flat_recipe){
			.main = nothing, .data = 64, .relocations = &bad[i], .relocation_count = 1});
		for (int direct = 0; direct < 2; direct++) {
			file->direct = direct;
			assert_int_equal(load(), -ENOEXEC);
			memfs_assert_released();
			unit_assert_nothing_leaked();
		}
	}
}

static void relocated_word_must_lie_in_data_whole(void **state)
{
	const uint32_t at = 64 + 56;

	(void)state;
	file_make(&(struct flat_recipe){.main = nothing, .data = 60, .relocations = &at, .relocation_count = 1});
	assert_int_equal(load(), -ENOEXEC);
}

static void relocation_table_must_not_wrap_around(void **state)
{
	const uint32_t at = 64;

	(void)state;
	file_make(&(struct flat_recipe){.main = nothing, .data = 64, .relocations = &at, .relocation_count = 1});
	FLAT_SET(&image, reloc_start, 0xfffffffc);
	assert_int_equal(load(), -ENOEXEC);
	FLAT_SET(&image, reloc_start, 0xfffff000);
	FLAT_SET(&image, reloc_count, 0x1000);
	assert_int_equal(load(), -ENOEXEC);
}

/* Sets a field of a good program and expects -ENOEXEC and no trace, in place and read. */
static void refuse(size_t field, uint32_t value)
{
	file_make(&(struct flat_recipe){.main = nothing, .text = 64, .data = 64, .bss = 64});
	flat_set(&image, field, value);
	for (int direct = 0; direct < 2; direct++) {
		file->direct = direct;
		if (load() != -ENOEXEC)
			fail_msg("header word %zu = 0x%x is not refused", field / 4, value);
		memfs_assert_released();
		unit_assert_nothing_leaked();
	}
}

#define REFUSE(field, value) refuse(offsetof(struct bflt_header, field), value)

static void hostile_headers_are_refused(void **state)
{
	(void)state;
	REFUSE(magic, 0x62464c55);
	REFUSE(rev, 2);
	REFUSE(rev, 5);
	REFUSE(rev, 0x04000000);
	REFUSE(entry, 0);
	REFUSE(entry, 63);
	REFUSE(entry, 128);
	REFUSE(entry, 0xffffffff);
	REFUSE(data_start, 0);
	REFUSE(data_start, 64); /* no text */
	REFUSE(data_start, 63);
	REFUSE(data_start, 129);
	REFUSE(data_start, 193);
	REFUSE(data_start, 0xfffffff0);
	REFUSE(data_end, 127);
	REFUSE(data_end, 193); /* past the end of the file */
	REFUSE(data_end, 0xffffffff);
	REFUSE(bss_end, 191);
	REFUSE(bss_end, 0);
	REFUSE(bss_end, 0x10000000);
	REFUSE(bss_end, 0xffffffff);
	REFUSE(stack_size, 0x01000000);
	REFUSE(stack_size, 0xffffffff);
	REFUSE(reloc_count, 1); /* past the end of the file */
	REFUSE(reloc_count, 0x40000000); /* times 4 is 0 */
	REFUSE(reloc_count, 0xffffffff);
	REFUSE(reloc_start, 193);
	REFUSE(reloc_start, 0xfffffffc);
	REFUSE(flags, BFLT_FLAG_GZIP);
	REFUSE(flags, BFLT_FLAG_GZDATA);
	REFUSE(flags, 0x80000000);
	REFUSE(filler[0], sizeof(uintptr_t) == 8 ? 32 : 64);
	REFUSE(filler[0], 1);
	REFUSE(filler[1], 0x01000000);
	REFUSE(filler[1], 0xffffffff);
}

/* The ABI: data_start - 64 is a multiple of BFLT_DATA_ALIGN. An odd text would put a RAM image's
 * words at odd addresses. */
static void text_of_odd_length_is_refused(void **state)
{
	(void)state;
	for (uint32_t text = 65; text < 80; text++) {
		file_make(&(struct flat_recipe){.main = nothing, .text = text, .data = 64, .flags = BFLT_FLAG_RAM});
		assert_int_equal(load(), -ENOEXEC);
		FLAT_SET(&image, flags, 0);
		assert_int_equal(load(), -ENOEXEC);
	}
}

static void truncated_files_are_refused(void **state)
{
	const uint32_t at[] = {64, 72};

	(void)state;
	file_make(&(struct flat_recipe){.main = nothing, .text = 64, .data = 64, RELOCATIONS(at)});
	for (size_t size = 0; size < image.size; size++) {
		uint8_t *part = malloc(size + 1); /* so that a read behind the end is seen */

		memcpy(part, image.bytes, size);
		part = realloc(part, size ? size : 1);
		memfs_reset();
		file = memfs_add("program", part, size, MEMFS_PROGRAM);
		for (int direct = 0; direct < 2; direct++) {
			file->direct = direct;
			assert_int_equal(load(), -ENOEXEC);
			unit_assert_nothing_leaked();
		}
		free(part);
	}
}

static void read_errors_leave_nothing_behind(void **state)
{
	const uint32_t at[] = {64, 72};
	int reads = 0, error;

	(void)state;
	file_make(&(struct flat_recipe){.main = nothing, .text = 64, .data = 64, RELOCATIONS(at)});
	file->direct = false;
	do {
		file->reads_left = reads;
		error = load();
		assert_true(error == 0 || error == -EIO || (reads == 0 && error == -ENOEXEC));
		if (error < 0) {
			memfs_assert_released();
			unit_assert_nothing_leaked();
		}
		reads++;
	} while (error < 0);
	assert_int_equal(reads - 1, 4); /* header, text, data, relocations */
	unload();
}

static void busy_file_is_not_shared(void **state)
{
	(void)state;
	file_make(&(struct flat_recipe){.main = nothing});
	file->direct = false;
	file->busy = true;
	assert_int_equal(load(), -ETXTBSY);
	memfs_assert_released();
}

static void too_large_for_memory_is_enomem(void **state)
{
	(void)state;
	file_make(&(struct flat_recipe){.main = nothing, .data = 64, .bss = 0x00ffffff});
	assert_int_equal(load(), -ENOMEM);
	memfs_assert_released();
}

static void each_failing_allocation_leaves_nothing_behind(void **state)
{
	unsigned n = 0;
	int error;

	(void)state;
	for (int direct = 0; direct < 2; direct++) {
		file_make(&(struct flat_recipe){.main = nothing, .data = 64});
		file->direct = direct;
		for (n = 1;; n++) {
			mem_fail_nth(n);
			error = load();
			mem_fail_nth(0);
			if (error == 0)
				break;
			assert_int_equal(error, -ENOMEM);
			memfs_assert_released();
			unit_assert_nothing_leaked();
		}
		assert_int_equal(n - 1, direct ? 2 : 4);
		unload();
	}
}

static void odd_place_in_memory_is_read_instead(void **state)
{
	static uint8_t odd[1024];

	(void)state;
	file_make(&(struct flat_recipe){.main = nothing, .data = 64});
	memcpy(odd + 1, image.bytes, image.size);
	memfs_reset();
	file = memfs_add("program", odd + 1, image.size, MEMFS_PROGRAM);
	assert_int_equal(load(), 0);
	assert_non_null(program.space->shared);
	contents_verify(0);
	unload();
}

static const struct CMUnitTest tests[] = {
	UNIT(bflt, text_is_executed_in_place),
	UNIT(bflt, arch_regions_are_exact),
	UNIT(bflt, text_is_loaded_once_and_shared),
	UNIT(bflt, ram_image_is_copied_side_by_side),
	UNIT(bflt, large_programs_are_copied_whole),
	UNIT(bflt, words_are_relocated_by_text_or_data),
	UNIT(bflt, ram_image_relocates_words_in_text),
	UNIT(bflt, many_relocations_are_all_done),
	UNIT(bflt, relocation_outside_of_data_is_refused),
	UNIT(bflt, relocated_word_must_lie_in_data_whole),
	UNIT(bflt, relocation_table_must_not_wrap_around),
	UNIT(bflt, hostile_headers_are_refused),
	UNIT(bflt, text_of_odd_length_is_refused),
	UNIT(bflt, truncated_files_are_refused),
	UNIT(bflt, read_errors_leave_nothing_behind),
	UNIT(bflt, busy_file_is_not_shared),
	UNIT(bflt, too_large_for_memory_is_enomem),
	UNIT(bflt, each_failing_allocation_leaves_nothing_behind),
	UNIT(bflt, odd_place_in_memory_is_read_instead),
};
UNIT_MAIN(bflt, tests)
