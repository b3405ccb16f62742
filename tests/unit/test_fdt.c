/*
 * The reader of the device tree, on trees made here.
 */
#include "../../board/shared/fdt.c"

#include "unit.h"

#include <string.h>

#define WORDS 256
#define NAMES "reg\0reg-names\0device_type\0"
#define NAME_REG 0
#define NAME_REG_NAMES 4
#define NAME_DEVICE_TYPE 14

static struct {
	uint32_t words[WORDS];
	unsigned count;
} tree;

static void put_word(uint32_t value)
{
	tree.words[tree.count++] = __builtin_bswap32(value);
}

static void put_bytes(const void *bytes, size_t size)
{
	memcpy(&tree.words[tree.count], bytes, size);
	tree.count += (unsigned)(size + 3) / 4;
}

/* A header, the names right behind it, then the structure. */
static void tree_begin(void)
{
	memset(&tree, 0, sizeof tree);
	put_word(FDT_MAGIC);
	put_word(sizeof tree.words);
	put_word(40 + 28);
	put_word(40);
	tree.count = 10;
	put_bytes(NAMES, sizeof NAMES);
	tree.count = (40 + 28) / 4;
	put_word(FDT_BEGIN_NODE);
	put_word(0);
}

static void node_begin(const char *name)
{
	put_word(FDT_BEGIN_NODE);
	put_bytes(name, strlen(name) + 1);
}

static void node_end(void)
{
	put_word(FDT_END_NODE);
}

static void property(uint32_t name, const void *value, size_t size)
{
	put_word(FDT_PROP);
	put_word((uint32_t)size);
	put_word(name);
	put_bytes(value, size);
}

static void property_reg(uint64_t start, uint64_t length)
{
	uint64_t cells[2] = {__builtin_bswap64(start), __builtin_bswap64(length)};

	property(NAME_REG, cells, sizeof cells);
}

static void tree_end(void)
{
	node_end();
	put_word(9); /* FDT_END */
}

static void assert_memory_at(uint64_t start, uint64_t length)
{
	uint64_t base = 0, size = 0;

	assert_true(fdt_memory(tree.words, &base, &size));
	assert_int_equal(base, start);
	assert_int_equal(size, length);
}

static void assert_no_memory(const void *where)
{
	uint64_t base = 1, size = 2;

	assert_false(fdt_memory(where, &base, &size));
	assert_int_equal(base, 1);
	assert_int_equal(size, 2);
}

static void finds_the_memory_node(void **state)
{
	(void)state;
	tree_begin();
	node_begin("serial@10000000");
	property_reg(0x10000000, 0x100);
	node_end();
	put_word(FDT_NOP);
	node_begin("memory@80000000");
	property(NAME_DEVICE_TYPE, "memory", 7);
	property_reg(0x80000000, 0x8000000);
	node_end();
	node_begin("memory@100000000");
	property_reg(0x100000000, 0x1000);
	node_end();
	tree_end();
	assert_memory_at(0x80000000, 0x8000000);
}

static void cells_are_64_bits_wide(void **state)
{
	(void)state;
	tree_begin();
	node_begin("memory@1");
	property_reg(0x123456789abcdef0, 0xfedcba9876543210);
	node_end();
	tree_end();
	assert_memory_at(0x123456789abcdef0, 0xfedcba9876543210);
}

static void similar_names_are_not_taken(void **state)
{
	static const char sixteen[16] = "fifteen letters";

	(void)state;
	tree_begin();
	node_begin("memory-controller@5");
	property_reg(5, 5);
	node_end();
	node_begin("memory@6");
	property(NAME_REG_NAMES, sixteen, sizeof sixteen);
	property_reg(6, 7);
	node_end();
	tree_end();
	assert_memory_at(6, 7);
}

static void short_reg_is_not_read(void **state)
{
	(void)state;
	tree_begin();
	node_begin("memory@1");
	property(NAME_REG, "12345678", 8);
	node_end();
	tree_end();
	assert_no_memory(tree.words);
}

static void what_is_no_tree_is_refused(void **state)
{
	(void)state;
	tree_begin();
	tree_end();
	assert_no_memory(tree.words);
	assert_no_memory(NULL);
	assert_no_memory((const char *)tree.words + 1);
	tree.words[0] = 0;
	assert_no_memory(tree.words);
}

static const struct CMUnitTest tests[] = {
	UNIT(fdt, finds_the_memory_node),
	UNIT(fdt, cells_are_64_bits_wide),
	UNIT(fdt, similar_names_are_not_taken),
	UNIT(fdt, short_reg_is_not_read),
	UNIT(fdt, what_is_no_tree_is_refused),
};
UNIT_MAIN(fdt, tests)
