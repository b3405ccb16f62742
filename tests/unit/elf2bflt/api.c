/*
 * The converter called on memory: encodings, parsing, and every way to cut an ELF short. The ELF files come from
 * sample.sh, their names on the command line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "elf2bflt.h"
#include "insn.h"

#define SAMPLES_MAX 8

static struct {
	struct flat_file files[SAMPLES_MAX];
	int count;
} samples;

static const struct flat_options no_options;

static void read_sample(const char *name)
{
	struct flat_file *file = &samples.files[samples.count++];
	FILE *stream = fopen(name, "rb");

	assert_non_null(stream);
	assert_int_equal(fseek(stream, 0, SEEK_END), 0);
	file->size = (size_t)ftell(stream);
	rewind(stream);
	file->bytes = malloc(file->size);
	assert_int_equal(fread(file->bytes, 1, file->size, stream), file->size);
	fclose(stream);
}

static void check_error(const struct flat_error *error)
{
	assert_non_null(strstr(error->line, "+0x"));
	assert_non_null(strstr(error->line, ": "));
	assert_null(strchr(error->line, '\n'));
}

static void encodings_round_trip(void **state)
{
	(void)state;
	for (int32_t imm = -2048; imm < 2048; imm++) {
		assert_int_equal(insn_imm12(insn_set_imm12(0x00053503, false, imm), false), imm);
		assert_int_equal(insn_imm12(insn_set_imm12(0x00a5b023, true, imm), true), imm);
		assert_int_equal(insn_set_imm12(insn_set_imm12(0x00a5b023, true, imm), true, 0), 0x00a5b023);
	}
	assert_int_equal(insn_c_lui(10, 1), 0x6505);
	assert_int_equal(insn_c_lui(10, -1), 0x757d);
	assert_int_equal(insn_c_lui(10, -32), 0x7501);
	assert_int_equal(insn_c_add(10, REG_GP), 0x950e);
	assert_int_equal(insn_c_mv(10, REG_GP), 0x850e);
	assert_int_equal(insn_lui(10, -4096), 0xfffff537);
}

static void whole_samples_convert(void **state)
{
	struct flat_error error;
	struct flat_file out;
	struct flat_info info;

	(void)state;
	for (int i = 0; i < samples.count; i++) {
		assert_int_equal(
			flat_convert(samples.files[i].bytes, samples.files[i].size, &no_options, &out, &error), 0);
		assert_int_equal(flat_parse(out.bytes, out.size, &info, &error), 0);
		assert_true(info.reloc_count > 0);
		assert_true(flat_process_size(&info) >= (uint64_t)info.stack_size + info.data_size + info.bss_size);
		free(out.bytes);
	}
}

/* A copy of exactly `size` bytes, so that the sanitizer sees each read past them. */
static void convert_prefix(const struct flat_file *sample, size_t size)
{
	uint8_t *prefix = malloc(size + (size == 0));
	struct flat_error error;
	struct flat_file out;

	memcpy(prefix, sample->bytes, size);
	assert_int_equal(flat_convert(prefix, size, &no_options, &out, &error), -1);
	assert_null(out.bytes);
	check_error(&error);
	free(prefix);
}

/* The last bytes are the section headers, so no prefix is a whole file. */
static void every_prefix_is_refused(void **state)
{
	(void)state;
	for (int i = 0; i < samples.count; i++)
		for (size_t size = 0; size < samples.files[i].size; size += size < 256 ? 1 : 37)
			convert_prefix(&samples.files[i], size);
}

/* Any byte may be wrong: the answer is an error, or a binary that passed the verification. */
static void damaged_bytes_do_no_harm(void **state)
{
	struct flat_error error;
	struct flat_file out;

	(void)state;
	for (int i = 0; i < samples.count; i++) {
		struct flat_file *sample = &samples.files[i];

		for (size_t at = 0; at < sample->size; at += at < 128 || at + 600 > sample->size ? 1 : 11) {
			uint8_t kept = sample->bytes[at];

			sample->bytes[at] = (uint8_t)(kept ^ (1u << at % 8 | 0x80u));
			if (flat_convert(sample->bytes, sample->size, &no_options, &out, &error) != 0)
				check_error(&error);
			free(out.bytes);
			sample->bytes[at] = kept;
		}
	}
}

static void every_prefix_of_a_flat_file_is_refused(void **state)
{
	struct flat_error error;
	struct flat_file out;
	struct flat_info info;

	(void)state;
	assert_int_equal(flat_convert(samples.files[0].bytes, samples.files[0].size, &no_options, &out, &error), 0);
	for (size_t size = 0; size < out.size; size++) {
		assert_int_equal(flat_parse(out.bytes, size, &info, &error), -1);
		check_error(&error);
	}
	free(out.bytes);
}

static void stack_is_rounded_up(void **state)
{
	const struct flat_options options = {.stack_size = 1001};
	struct flat_error error;
	struct flat_file out;
	struct flat_info info;

	(void)state;
	assert_int_equal(flat_convert(samples.files[0].bytes, samples.files[0].size, &options, &out, &error), 0);
	assert_int_equal(flat_parse(out.bytes, out.size, &info, &error), 0);
	assert_int_equal(info.stack_size, 1008);
	free(out.bytes);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encodings_round_trip),
		cmocka_unit_test(whole_samples_convert),
		cmocka_unit_test(every_prefix_is_refused),
		cmocka_unit_test(damaged_bytes_do_no_harm),
		cmocka_unit_test(every_prefix_of_a_flat_file_is_refused),
		cmocka_unit_test(stack_is_rounded_up),
	};
	int result;

	if (argc < 3 || argc > SAMPLES_MAX + 1)
		return 2;
	cmocka_set_test_filter(argv[1]);
	for (int i = 2; i < argc; i++)
		read_sample(argv[i]);
	result = cmocka_run_group_tests(tests, NULL, NULL);
	for (int i = 0; i < samples.count; i++)
		free(samples.files[i].bytes);
	return result;
}
