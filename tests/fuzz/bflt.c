/*
 * libFuzzer over the loader of flat binaries. The first byte of an input chooses whether the file
 * can be executed in place; the rest is the file, at the end of a block of its own so that
 * AddressSanitizer sees each read behind it. Whatever loads must lie inside its memory, and
 * everything must be given back.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <fs/vfs.h>
#include <host.h>
#include <kernel/mem.h>
#include <kernel/trap.h>

#include "../../proc/internal.h"
#include "../unit/flat.h"

#define MEMORY (2u << 20)
#define HEADER_WORDS (BFLT_HEADER_SIZE / 4)

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

/* The one file, and what the VFS does with it. */
static struct {
	const uint8_t *bytes;
	size_t size;
	bool direct;
	int holds;
} file;

void vfs_hold(struct node node)
{
	(void)node;
	file.holds++;
}

void vfs_release(struct node node)
{
	(void)node;
	file.holds--;
}

const void *vfs_direct(struct node node, size_t *size)
{
	(void)node;
	*size = file.size;
	return file.direct ? file.bytes : NULL;
}

long vfs_read_exec(struct node node, size_t offset, void *buf, size_t count)
{
	size_t left = offset < file.size ? file.size - offset : 0;

	(void)node;
	count = count < left ? count : left;
	if (count)
		memcpy(buf, file.bytes + offset, count);
	return (long)count;
}

static int file_stat(struct node node, struct abi_stat *st)
{
	(void)node;
	st->st_size = (long)file.size;
	return 0;
}

static size_t file_size(struct node node)
{
	(void)node;
	return file.size;
}

static uint32_t file_mode(struct node node)
{
	(void)node;
	return ABI_S_IFREG | 0755;
}

static const struct fs_ops ops = {.stat = file_stat, .size = file_size, .mode = file_mode};
static const struct fs fs = {.ops = &ops, .name = "fuzz"};

/* User mode is never entered here. */
void user_return(struct trapframe *frame)
{
	(void)frame;
	abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	host_boot(MEMORY);
	return 0;
}

static void require(bool condition)
{
	if (!condition)
		abort();
}

static uintptr_t sum_of(const uint8_t *p, const uint8_t *end)
{
	uintptr_t sum = 0;

	while (p < end)
		sum += *p++;
	return sum;
}

static void program_verify(const struct program *program)
{
	const struct space *space = program->space;
	static volatile uintptr_t sink;

	require(space->base <= program->stack_top && program->stack_top <= space->data);
	require(space->data <= space->bss_end && space->bss_end == space->brk);
	require(space->brk <= space->base + mem_size((void *)space->base));
	require(program->entry >= space->text && program->entry < space->text_end);
	require(program->stack_top >= space->base + 64); /* the arguments */
	sink = sum_of((const uint8_t *)space->text, (const uint8_t *)space->text_end);
	memset((void *)space->base, 0x55, space->brk - space->base);
}

static void load(void)
{
	struct mem_stats before, after;
	struct program program;
	int error;

	mem_get_stats(&before);
	error = bflt_load((struct node){&fs, 1}, 64, &program);
	require(error == 0 || error == -ENOEXEC || error == -ENOMEM || error == -EIO);
	mem_check();
	if (error == 0) {
		program_verify(&program);
		mem_check();
		space_release(program.space);
	}
	mem_get_stats(&after);
	require(memcmp(&before, &after, sizeof before) == 0 && file.holds == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy;

	if (size == 0)
		return 0;
	copy = malloc(size - 1 ? size - 1 : 1);
	memcpy(copy, data + 1, size - 1);
	file.bytes = copy;
	file.size = size - 1;
	file.direct = data[0] & 1;
	load();
	free(copy);
	return 0;
}

static void nothing(void)
{
}

/* A good file to begin with. */
static size_t seed_make(uint8_t *data, size_t max_size, unsigned seed)
{
	const uint32_t relocations[] = {64, 72, 80};
	const uintptr_t words[] = {0, 64, 100};
	struct flat_image image = flat_make(&(struct flat_recipe){
		.main = nothing, .data = 64, .bss = seed % 100, .words = words, .word_count = 3, .relocations = relocations,
		.relocation_count = seed / 2 % 4, .flags = seed & 1 ? BFLT_FLAG_RAM : 0});
	size_t size = image.size + 1 < max_size ? image.size + 1 : max_size;

	data[0] = (uint8_t)(seed >> 4);
	memcpy(data + 1, image.bytes, size - 1);
	free(image.bytes);
	return size;
}

/* Half of the mutations move one number of the header a little, or make it extreme: the others
 * rarely get past it. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	static const uint32_t extremes[] = {0, 63, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff, 0x40000000, 0x00ffffff};
	struct flat_image image = {.bytes = data + 1};
	size_t field = 4 * (size_t)(seed / 8 % HEADER_WORDS);

	if (size < 1 + BFLT_HEADER_SIZE || memcmp(data + 1, BFLT_MAGIC, 4) != 0)
		return seed_make(data, max_size, seed);
	if (seed & 1)
		return LLVMFuzzerMutate(data, size, max_size);
	if (seed & 2)
		flat_set(&image, field, extremes[seed / 256 % 8]);
	else
		flat_set(&image, field, flat_get(&image, field) + seed / 256 % 33 - 16);
	return size;
}
