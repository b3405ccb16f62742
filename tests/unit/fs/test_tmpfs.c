/*
 * tmpfs: contents, sparse files, memory running out, and random operations against a model.
 */
#include "fixture.h"

#include <fs/tmpfs.h>
#include <stdlib.h>

static void holes_read_as_zeros(void **state)
{
	static char got[3000], zeros[3000];
	struct abi_stat st;
	int fd = opened("/tmp/f", ABI_O_RDWR | ABI_O_CREAT);

	(void)state;
	assert_int_equal(sys_lseek(fd, 2000, ABI_SEEK_SET), 2000);
	assert_int_equal(sys_write(fd, "end", 3), 3);
	assert_int_equal(sys_fstat(fd, &st), 0);
	assert_int_equal(st.st_size, 2003);
	assert_true(st.st_blocks * 512 < 2003);
	assert_int_equal(sys_lseek(fd, 0, ABI_SEEK_SET), 0);
	assert_int_equal(sys_read(fd, got, sizeof got), 2003);
	assert_memory_equal(got, zeros, 2000);
	assert_memory_equal(got + 2000, "end", 3);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
}

static void shrinking_forgets_what_was_cut_off(void **state)
{
	char got[8] = "garbage";
	int fd = opened("/tmp/f", ABI_O_RDWR | ABI_O_CREAT);

	(void)state;
	assert_int_equal(sys_write(fd, "abcdefgh", 8), 8);
	assert_int_equal(sys_ftruncate(fd, 2), 0);
	assert_int_equal(sys_ftruncate(fd, 8), 0);
	assert_int_equal(sys_lseek(fd, 0, ABI_SEEK_SET), 0);
	assert_int_equal(sys_read(fd, got, 8), 8);
	assert_memory_equal(got, "ab\0\0\0\0\0\0", 8);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
}

static void an_open_file_outlives_its_name(void **state)
{
	char got[8];
	struct abi_stat st;
	int fd;

	(void)state;
	make_file("/tmp/f", "kept");
	fd = opened("/tmp/f", ABI_O_RDONLY);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
	make_file("/tmp/f", "other");
	assert_int_equal(sys_read(fd, got, 8), 4);
	assert_memory_equal(got, "kept", 4);
	assert_int_equal(sys_fstat(fd, &st), 0);
	assert_int_equal(st.st_nlink, 0);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
}

static void a_running_text_is_not_written(void **state)
{
	struct node node;
	int fd;

	(void)state;
	make_file("/tmp/f", "text");
	assert_int_equal(vfs_lookup("/tmp/f", true, &node), 0);
	fd = opened("/tmp/f", ABI_O_RDWR);
	assert_int_equal(node.fs->ops->deny_write(node, true), -ETXTBSY);
	assert_int_equal(sys_close(fd), 0);
	assert_int_equal(node.fs->ops->deny_write(node, true), 0);
	assert_int_equal(sys_open("/tmp/f", ABI_O_WRONLY, 0), -ETXTBSY);
	assert_int_equal(sys_open("/tmp/f", ABI_O_WRONLY | ABI_O_TRUNC, 0), -ETXTBSY);
	assert_string_equal(contents("/tmp/f"), "text");
	assert_int_equal(node.fs->ops->deny_write(node, false), 0);
	assert_int_equal(sys_close(opened("/tmp/f", ABI_O_WRONLY)), 0);
	vfs_release(node);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
}

static void full_memory_is_enospc(void **state)
{
	static char chunk[2048], got[2048];
	int fd = opened("/tmp/f", ABI_O_RDWR | ABI_O_CREAT);
	long n, total = 0;

	(void)state;
	memset(chunk, 'x', sizeof chunk);
	while ((n = sys_write(fd, chunk, sizeof chunk)) > 0)
		total += n;
	assert_int_equal(n, -ENOSPC);
	assert_true(total > MACHINE_MEMORY / 2);
	assert_int_equal(sys_lseek(fd, 0, ABI_SEEK_END), total);
	assert_int_equal(sys_lseek(fd, 0, ABI_SEEK_SET), 0);
	while ((n = sys_read(fd, got, sizeof got)) > 0) {
		assert_memory_equal(got, chunk, (size_t)n);
		total -= n;
	}
	assert_int_equal(total, 0);
	assert_int_equal(sys_lseek(fd, (long)1 << 40, ABI_SEEK_SET), (long)1 << 40);
	assert_int_equal(sys_write(fd, chunk, 1), -ENOSPC);
	assert_int_equal(sys_lseek(fd, INTPTR_MAX, ABI_SEEK_SET), INTPTR_MAX);
	assert_int_equal(sys_write(fd, chunk, 1), -EFBIG);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
}

static void every_failing_allocation_keeps_the_contents(void **state)
{
	static char text[3000];

	(void)state;
	memset(text, 'o', sizeof text - 1);
	for (unsigned n = 1;; n++) {
		int fd;
		long done;

		make_file("/tmp/f", "start");
		fd = opened("/tmp/f", ABI_O_WRONLY | ABI_O_APPEND);
		mem_fail_nth(n);
		done = sys_write(fd, text, sizeof text - 1);
		mem_fail_nth(0);
		sys_close(fd);
		assert_true(done > 0 || done == -ENOSPC);
		assert_int_equal(strlen(contents("/tmp/f")), 5 + (done > 0 ? done : 0));
		assert_memory_equal(contents("/tmp/f"), "startooo", done > 0 ? 8 : 5);
		assert_int_equal(sys_unlink("/tmp/f"), 0);
		if (done == (long)sizeof text - 1)
			return;
	}
}

/* The model: a flat directory of up to MODEL_FILES names, each a buffer. */
#define MODEL_FILES 6
#define MODEL_BYTES 4000
static struct model {
	bool exists;
	size_t size;
	uint8_t bytes[MODEL_BYTES];
} model[MODEL_FILES];

static unsigned seed = 1;

static unsigned pick(unsigned below)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % below;
}

static const char *path_of(unsigned i)
{
	static char path[2][24];
	static unsigned turn;

	sprintf(path[turn ^= 1], "/tmp/model%u", i);
	return path[turn];
}

static void model_write(unsigned i)
{
	static uint8_t bytes[700];
	size_t offset = pick(MODEL_BYTES - sizeof bytes), count = pick(sizeof bytes);
	int fd = opened(path_of(i), ABI_O_RDWR | ABI_O_CREAT);

	for (size_t k = 0; k < count; k++)
		bytes[k] = (uint8_t)pick(256);
	assert_int_equal(sys_lseek(fd, (long)offset, ABI_SEEK_SET), offset);
	assert_int_equal(sys_write(fd, bytes, count), count);
	sys_close(fd);
	if (!model[i].exists)
		memset(&model[i], 0, sizeof model[i]);
	model[i].exists = true;
	memcpy(model[i].bytes + offset, bytes, count);
	if (count && offset + count > model[i].size)
		model[i].size = offset + count;
}

static void model_truncate(unsigned i)
{
	size_t size = pick(MODEL_BYTES);
	int fd = (int)sys_open(path_of(i), ABI_O_RDWR, 0);

	assert_int_equal(fd >= 0, model[i].exists);
	if (fd < 0)
		return;
	assert_int_equal(sys_ftruncate(fd, (long)size), 0);
	sys_close(fd);
	if (size < model[i].size)
		memset(model[i].bytes + size, 0, model[i].size - size);
	model[i].size = size;
}

static void model_rename(unsigned i)
{
	unsigned to = pick(MODEL_FILES);

	assert_int_equal(sys_rename(path_of(i), path_of(to)), model[i].exists ? 0 : -ENOENT);
	if (!model[i].exists || i == to)
		return;
	model[to] = model[i];
	model[i].exists = false;
}

static void model_unlink(unsigned i)
{
	assert_int_equal(sys_unlink(path_of(i)), model[i].exists ? 0 : -ENOENT);
	model[i].exists = false;
}

static void model_compare(unsigned i)
{
	static uint8_t got[MODEL_BYTES + 1];
	int fd = (int)sys_open(path_of(i), ABI_O_RDONLY, 0);

	assert_int_equal(fd >= 0, model[i].exists);
	if (fd < 0)
		return;
	assert_int_equal(sys_read(fd, got, sizeof got), model[i].size);
	assert_memory_equal(got, model[i].bytes, model[i].size);
	sys_close(fd);
}

static void random_operations_agree_with_a_model(void **state)
{
	static void (*const operations[])(unsigned) = {model_write, model_write, model_write, model_truncate,
		model_rename, model_unlink, model_compare, model_compare};

	(void)state;
	for (int i = 0; i < 20000; i++)
		operations[pick(8)](pick(MODEL_FILES));
	for (unsigned i = 0; i < MODEL_FILES; i++)
		model_unlink(i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tmpfs, holes_read_as_zeros),
		TEST(tmpfs, shrinking_forgets_what_was_cut_off),
		TEST(tmpfs, an_open_file_outlives_its_name),
		TEST(tmpfs, a_running_text_is_not_written),
		TEST(tmpfs, full_memory_is_enospc),
		TEST(tmpfs, every_failing_allocation_keeps_the_contents),
		TEST(tmpfs, random_operations_agree_with_a_model),
	};

	return cmocka_run_group_tests_name("unit.tmpfs", tests, fixture_setup, fixture_teardown);
}
