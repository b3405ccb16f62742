/*
 * romfs: what a good image holds, and images that lie.
 */
#include "fixture.h"

#include <fs/romfs.h>
#include <stdlib.h>

#include "../../fuzz/romfs.c"

static void files_are_read_where_they_lie(void **state)
{
	char got[64];
	int fd = opened("/bin/true", ABI_O_RDONLY);

	(void)state;
	assert_int_equal(sys_read(fd, got, 4), 4);
	assert_memory_equal(got, true_text, 4);
	assert_int_equal(sys_lseek(fd, -5, ABI_SEEK_END), sizeof true_text - 5);
	assert_int_equal(sys_read(fd, got, 64), 5);
	assert_string_equal(got, "true");
	assert_int_equal(sys_read(fd, got, 64), 0);
	assert_int_equal(sys_lseek(fd, 1000, ABI_SEEK_SET), 1000);
	assert_int_equal(sys_read(fd, got, 64), 0);
	assert_string_equal(contents("/etc/motd"), "welcome\n");
	assert_string_equal(contents("/etc/" LONG_NAME), "long");
}

static void other_bytes_are_no_image(void **state)
{
	struct romfs romfs;
	uint8_t *copy = malloc(image.used);

	(void)state;
	memcpy(copy, image.bytes, image.used);
	assert_int_equal(romfs_init(&romfs, copy, image.used), 0);
	assert_int_equal(romfs_init(&romfs, copy, image.used - 1), -EINVAL);
	assert_int_equal(romfs_init(&romfs, copy, 0), -EINVAL);
	copy[3] ^= 1;
	assert_int_equal(romfs_init(&romfs, copy, image.used), -EINVAL);
	free(copy);
}

static int look(struct romfs *romfs, const char *name, struct node *node)
{
	return romfs->fs.ops->lookup((struct node){&romfs->fs, romfs->fs.root}, name, strlen(name), node);
}

/* Finds the header called `name` in the bytes. */
static size_t header_of(const uint8_t *bytes, const char *name)
{
	for (size_t at = 32; at + 32 <= image.used; at += 16)
		if (strcmp((const char *)bytes + at + 16, name) == 0)
			return at;
	fail();
	return 0;
}

static void lies_are_found_out(void **state)
{
	struct romfs romfs;
	struct node node;
	uint8_t *copy = malloc(image.used);
	char got[8];
	const char *target;
	size_t size, at;

	(void)state;
	memcpy(copy, image.bytes, image.used);
	assert_int_equal(romfs_init(&romfs, copy, image.used), 0);
	assert_int_equal(look(&romfs, "relative", &node), 0);
	memset(copy + node.id + 8, 0xff, 4); /* a size beyond everything */
	assert_int_equal(romfs.fs.ops->readlink(node, &target), -EIO);
	assert_int_equal(romfs.fs.ops->read(node, 0, got, 8), -EIO);
	assert_null(romfs.fs.ops->direct(node, &size));
	assert_int_equal(romfs.fs.ops->size(node), 0);
	at = header_of(copy, "relative");
	memset(copy + at, 0, 3);
	copy[at + 3] = 0x20 | IMAGE_SYMLINK; /* the next header is the first again */
	assert_int_equal(look(&romfs, "absolute", &node), -ENOENT);
	at = header_of(copy, "etc");
	copy[at + 3] &= 0xf0; /* hard links that go round */
	memset(copy + at + 4, 0, 2);
	copy[at + 6] = (uint8_t)(at >> 8);
	copy[at + 7] = (uint8_t)at;
	assert_int_equal(look(&romfs, "etc", &node), -ENOENT);
	free(copy);
}

static void no_byte_can_lead_outside(void **state)
{
	uint8_t *copy = malloc(image.used);

	(void)state;
	for (size_t i = 0; i < image.used; i++) {
		for (int change = 0; change < 4; change++) {
			memcpy(copy, image.bytes, image.used);
			copy[i] = (uint8_t)(change == 0 ? 0 : change == 1 ? 0xff : copy[i] + 16 * change);
			LLVMFuzzerTestOneInput(copy, image.used);
		}
	}
	free(copy);
}

static void no_cut_can_lead_outside(void **state)
{
	(void)state;
	for (size_t size = 0; size < image.used; size++) {
		uint8_t *copy = malloc(size + 16);

		memcpy(copy, image.bytes, size);
		if (size >= 12)
			memset(copy + 8, 0, 4); /* the header's own size: small enough to be believed */
		LLVMFuzzerTestOneInput(copy, size);
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(romfs, files_are_read_where_they_lie),
		TEST(romfs, other_bytes_are_no_image),
		TEST(romfs, lies_are_found_out),
		TEST(romfs, no_byte_can_lead_outside),
		TEST(romfs, no_cut_can_lead_outside),
	};

	return cmocka_run_group_tests_name("unit.romfs", tests, fixture_setup, fixture_teardown);
}
