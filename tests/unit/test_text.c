/*
 * Text that is loaded once and shared.
 */
#include "memfs.h"
#include "unit.h"

#include <proc/text.h>
#include <string.h>

static const char bytes[] = "0123456789abcdefghijklmnopqrstuvwxyz";
static struct memfs_file *a, *b;

static void files_make(void)
{
	memfs_reset();
	a = memfs_add("a", bytes, sizeof bytes, MEMFS_PROGRAM);
	b = memfs_add("b", bytes, sizeof bytes, MEMFS_PROGRAM);
}

static struct text *get(const struct memfs_file *file, size_t offset, size_t length)
{
	struct text *text = NULL;

	assert_int_equal(text_get(memfs_node(file), offset, length, &text), 0);
	assert_memory_equal(text->block, (const char *)file->bytes + offset, length);
	return text;
}

static void same_file_is_loaded_once(void **state)
{
	struct text *first, *second;

	(void)state;
	files_make();
	first = get(a, 10, 20);
	assert_int_equal(host_text_syncs(), 1); /* what was stored can be fetched */
	a->reads_left = 0;
	second = get(a, 10, 20);
	assert_int_equal(host_text_syncs(), 1);
	assert_ptr_equal(first, second);
	assert_int_equal(first->refs, 2);
	text_put(first);
	assert_memory_equal(second->block, bytes + 10, 20);
	text_put(second);
	memfs_assert_released();
}

static void other_file_has_its_own_text(void **state)
{
	struct text *first, *second;

	(void)state;
	files_make();
	first = get(a, 10, 20);
	second = get(b, 10, 20);
	assert_ptr_not_equal(first, second);
	text_put(first);
	text_put(second);
	memfs_assert_released();
}

static void file_is_held_and_denied_while_its_text_exists(void **state)
{
	struct text *text;

	(void)state;
	files_make();
	text = get(a, 0, 5);
	assert_int_equal(a->holds, 1);
	assert_int_equal(a->denied, 1);
	text_put(text);
	assert_int_equal(a->holds, 0);
	assert_int_equal(a->denied, 0);
}

static void text_freed_with_the_last_is_read_again(void **state)
{
	(void)state;
	files_make();
	text_put(get(a, 0, 5));
	unit_assert_nothing_leaked();
	a->bytes = "abcde";
	text_put(get(a, 0, 5));
}

static void errors_leave_nothing_behind(void **state)
{
	struct text *text = NULL;

	(void)state;
	files_make();
	for (unsigned n = 1; n <= 2; n++) {
		mem_fail_nth(n);
		assert_int_equal(text_get(memfs_node(a), 0, 5, &text), -ENOMEM);
	}
	mem_fail_nth(0);
	assert_int_equal(text_get(memfs_node(a), 0, sizeof bytes + 1, &text), -EIO); /* short */
	a->reads_left = 0;
	assert_int_equal(text_get(memfs_node(a), 0, 5, &text), -EIO);
	a->reads_left = -1;
	a->busy = true;
	assert_int_equal(text_get(memfs_node(a), 0, 5, &text), -ETXTBSY);
	assert_null(text);
	memfs_assert_released();
}

static const struct CMUnitTest tests[] = {
	UNIT(text, same_file_is_loaded_once),
	UNIT(text, other_file_has_its_own_text),
	UNIT(text, file_is_held_and_denied_while_its_text_exists),
	UNIT(text, text_freed_with_the_last_is_read_again),
	UNIT(text, errors_leave_nothing_behind),
};
UNIT_MAIN(text, tests)
