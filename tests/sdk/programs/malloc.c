/* The heap: many blocks of many sizes keep their bytes, and what is freed is used again. */
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

#define BLOCKS 40

static unsigned char *blocks[BLOCKS];
static size_t sizes[BLOCKS];

static int holds(const unsigned char *block, size_t size, int byte)
{
	for (size_t i = 0; i < size; i++) {
		if (block[i] != byte)
			return 0;
	}
	return 1;
}

static void renew(int i, unsigned *seed)
{
	if (blocks[i])
		CHECK(holds(blocks[i], sizes[i], i));
	*seed = *seed * 1103515245u + 12345;
	size_t size = (*seed >> 16) % (*seed % 16 == 0 ? 3000 : 200);
	if (*seed & 0x1000) {
		unsigned char *resized = realloc(blocks[i], size);
		CHECK(resized && holds(resized, size < sizes[i] ? size : sizes[i], i));
		blocks[i] = resized;
	} else {
		free(blocks[i]);
		blocks[i] = *seed & 0x2000 ? memalign(64, size) : malloc(size);
		CHECK(blocks[i] != NULL);
	}
	sizes[i] = size;
	CHECK((uintptr_t)blocks[i] % (2 * sizeof(long)) == 0);
	memset(blocks[i], i, size);
}

static void check_churn(void)
{
	unsigned seed = 1;

	for (int round = 0; round < 200; round++) {
		for (int i = 0; i < BLOCKS; i++)
			renew((i * 7) % BLOCKS, &seed);
	}
	for (int i = 0; i < BLOCKS; i++)
		free(blocks[i]);
}

/* What a program has used once does not stay with it: others need it more. */
static void check_returned(void)
{
	char *before = sbrk(0);
	char *volatile large = malloc(100000);

	CHECK(large && (char *)sbrk(0) - before >= 90000);
	free(large);
	CHECK((char *)sbrk(0) - before <= 8192);
}

static void check_realloc(void)
{
	char *text = calloc(4, 4);

	CHECK(text && holds((unsigned char *)text, 16, 0));
	strcpy(text, "kept");
	text = realloc(text, 2000);
	CHECK(text && strcmp(text, "kept") == 0);
	free(text);
}

static void check_refused(void)
{
	/* Kept from the compiler, which would warn. */
	volatile size_t most = PTRDIFF_MAX, root = (size_t)1 << (sizeof(size_t) * 4);

	CHECK(malloc(most) == NULL);
	CHECK(calloc(root, root) == NULL);
}

static void check_alignment(void)
{
	void *memory = NULL;

	CHECK(posix_memalign(&memory, 256, 10) == 0);
	CHECK((uintptr_t)memory % 256 == 0);
	free(memory);
	CHECK(posix_memalign(&memory, 3, 10) != 0);
}

int main(void)
{
	check_churn();
	check_returned();
	check_realloc();
	check_refused();
	check_alignment();
	puts("malloc ok");
	return failures != 0;
}
