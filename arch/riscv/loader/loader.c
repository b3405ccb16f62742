/*
 * A boot loader for boards that cannot execute in flash: copies kernel and root file system to where the layout table says, and starts nothing that is not what it was when
 * the image was made. It says a word only when it fails, and then stops.
 */
#include "loader.h"

#include <drivers/flash_table.h>
#include <riscv/riscv.h>

#include <stdbool.h>

#define EXIT_PANIC 125

static union {
	struct flash_table head;
	uint8_t bytes[sizeof(struct flash_table) + FLASH_PARTS_MAX * sizeof(struct flash_part)];
} table;

static void say(const char *text)
{
	while (*text)
		loader_board_put(*text++);
}

static _Noreturn void fail(const char *what, const char *why)
{
	say("loader: ");
	say(what);
	say(why);
	say("\r\n");
	semihosting_exit(EXIT_PANIC);
}

static uintptr_t copy(const char *name)
{
	const struct flash_part *part = flash_table_find(&table.head, name);
	void *to;

	if (!part || part->bank != 0 || part->length == 0)
		fail(name, ": not in the layout table");
	to = (void *)(uintptr_t)part->load;
	loader_board_read(part->offset, to, part->length);
	if (flash_crc32(0, to, part->length) != part->crc)
		fail(name, ": the sum is wrong");
	return part->load;
}

uintptr_t loader_main(void)
{
	loader_board_init();
	loader_board_read(0, table.bytes, sizeof(table));
	if (flash_table_check(&table.head, UINT32_MAX))
		fail("flash", ": no layout table, or a damaged one");
	copy("rootfs");
	return copy("kernel");
}
