/*
 * /dev/mtd*: what programs can do with flash partitions, over a chip made of memory that fails when it is told to.
 */
#include "fixture.h"

#include <drivers/flash_parts.h>

#define BLOCK 4096u
#define CHIP (8 * BLOCK)

static struct fake {
	struct mtd_chip chip;
	uint8_t bytes[CHIP];
	int error;          /* of each operation from now on */
	unsigned countdown; /* operations that still go well */
	unsigned erased;
	bool sleeps;
} fake;

static int fake_step(void)
{
	struct waitq nobody;

	assert_ptr_equal(fake.chip.lock.sem.holder, thread_current());
	if (fake.sleeps) {
		waitq_init(&nobody);
		waitq_sleep(&nobody, SLEEP_UNINTERRUPTIBLE, timer_now() + 100);
	}
	return fake.countdown && fake.countdown-- ? 0 : fake.error;
}

static int fake_read(struct mtd_chip *chip, uint32_t offset, void *buf, size_t count)
{
	int error = fake_step();

	(void)chip;
	assert_true(offset + count <= CHIP);
	if (!error)
		memcpy(buf, fake.bytes + offset, count);
	return error;
}

static int fake_program(struct mtd_chip *chip, uint32_t offset, const void *buf, size_t count)
{
	int error = fake_step();

	(void)chip;
	assert_true(count > 0 && offset % MTD_PROGRAM_MAX + count <= MTD_PROGRAM_MAX && offset + count <= CHIP);
	for (size_t i = 0; i < count && !error; i++)
		fake.bytes[offset + i] &= ((const uint8_t *)buf)[i];
	return error;
}

static int fake_erase(struct mtd_chip *chip, uint32_t offset)
{
	int error = fake_step();

	assert_int_equal(offset % chip->erase_size, 0);
	if (!error) {
		memset(fake.bytes + offset, 0xff, BLOCK);
		fake.erased++;
	}
	return error;
}

static const struct mtd_chip_ops fake_chip_ops = {fake_read, fake_program, fake_erase};

/* mtd0 the table, mtd1 "system" read-only, mtd2 "data" of three blocks, and mtd3, mapped, that the kernel runs from. */
static int mtd_setup(void **state)
{
	static struct {
		struct flash_table table;
		struct flash_part part[4];
	} layout;
	static struct mapped_flash mapped;
	static struct mtd mtd[8];
	unsigned count;

	fake.chip = (struct mtd_chip){.ops = &fake_chip_ops, .size = CHIP, .erase_size = BLOCK};
	mutex_init(&fake.chip.lock);
	layout.table = (struct flash_table){.parts = 4, .erase_size = BLOCK};
	layout.part[0] = (struct flash_part){.name = "system", .offset = BLOCK, .size = 4 * BLOCK};
	layout.part[1] = (struct flash_part){.name = "data", .flags = FLASH_PART_WRITABLE, .offset = 5 * BLOCK, .size = 3 * BLOCK};
	layout.part[2] = (struct flash_part){.name = "outside", .offset = 7 * BLOCK, .size = 2 * BLOCK};
	layout.part[3] = (struct flash_part){.name = "running", .bank = 1, .flags = FLASH_PART_WRITABLE, .size = BLOCK};
	count = flash_parts_add(&layout.table, 0, &fake.chip, mtd);
	assert_int_equal(count, 3);
	mapped_flash_init(&mapped, fake.bytes, BLOCK, BLOCK);
	assert_int_equal(flash_parts_add(&layout.table, 1, &mapped.chip, mtd + count), 1);
	return fixture_setup(state);
}

static int mtd_before(void **state)
{
	for (size_t i = 0; i < CHIP; i++)
		fake.bytes[i] = (uint8_t)(i / 251);
	fake.error = 0;
	fake.countdown = fake.erased = 0;
	fake.sleeps = false;
	return fixture_before(state);
}
#define MTD(name) {"unit.mtd." #name, name, mtd_before, fixture_after, NULL}

static long erase(int fd, uint32_t start, uint32_t length)
{
	struct abi_mtd_erase range = {start, length};

	return sys_ioctl(fd, ABI_MEMERASE, (uintptr_t)&range);
}

static void partitions_are_block_devices_with_sizes(void **state)
{
	struct abi_stat st;

	(void)state;
	assert_int_equal(sys_stat("/dev/mtd2", &st), 0);
	assert_int_equal(st.st_mode, ABI_S_IFBLK | 0600);
	assert_int_equal(st.st_size, 3 * BLOCK);
	assert_int_equal(st.st_blksize, BLOCK);
	assert_int_equal(sys_stat("/dev/mtd4", &st), -ENOENT);
	assert_int_equal(sys_stat("/dev/mtd", &st), -ENOENT);
	assert_int_equal(sys_stat("/dev/mtd02", &st), -ENOENT);
	assert_int_equal(sys_stat("/dev/mtd2/x", &st), -ENOTDIR);
}

static void the_directory_lists_them_behind_the_others(void **state)
{
	static char buffer[2048];
	const char *names[] = {"mtd0", "mtd1", "mtd2", "mtd3"};
	unsigned found = 0;
	int fd = opened("/dev", ABI_O_RDONLY | ABI_O_DIRECTORY);
	long count = sys_getdents(fd, buffer, sizeof buffer);

	(void)state;
	assert_true(count > 0);
	for (long at = 0; at < count; at += ((struct abi_dirent *)(buffer + at))->d_reclen) {
		struct abi_dirent *entry = (struct abi_dirent *)(buffer + at);

		if (strncmp(entry->d_name, "mtd", 3) == 0) {
			assert_string_equal(entry->d_name, names[found++]);
			assert_int_equal(entry->d_type, ABI_DT_BLK);
		}
	}
	assert_int_equal(found, 4);
	assert_int_equal(sys_getdents(fd, buffer, sizeof buffer), 0);
}

static void info_tells_geometry_and_name(void **state)
{
	struct abi_mtd_info info;

	(void)state;
	assert_int_equal(sys_ioctl(opened("/dev/mtd2", ABI_O_RDONLY), ABI_MEMGETINFO, (uintptr_t)&info), 0);
	assert_int_equal(info.type, ABI_MTD_NORFLASH);
	assert_int_equal(info.flags, ABI_MTD_CAP_NORFLASH);
	assert_int_equal(info.size, 3 * BLOCK);
	assert_int_equal(info.erasesize, BLOCK);
	assert_string_equal(info.name, "data");
	assert_int_equal(sys_ioctl(opened("/dev/mtd0", ABI_O_RDONLY), ABI_MEMGETINFO, (uintptr_t)&info), 0);
	assert_int_equal(info.flags, 0);
	assert_string_equal(info.name, "table");
	assert_int_equal(sys_ioctl(opened("/dev/mtd0", ABI_O_RDONLY), ABI_TCGETS, (uintptr_t)&info), -ENOTTY);
}

static void reading_is_from_the_partition_and_ends_with_it(void **state)
{
	static uint8_t bytes[2 * BLOCK];
	int fd = opened("/dev/mtd2", ABI_O_RDONLY);

	(void)state;
	assert_int_equal(sys_lseek(fd, 1001, ABI_SEEK_SET), 1001);
	assert_int_equal(sys_read(fd, bytes, BLOCK), BLOCK);
	assert_memory_equal(bytes, fake.bytes + 5 * BLOCK + 1001, BLOCK);
	assert_int_equal(sys_lseek(fd, -10, ABI_SEEK_END), 3 * BLOCK - 10);
	assert_int_equal(sys_read(fd, bytes, BLOCK), 10);
	assert_int_equal(sys_read(fd, bytes, BLOCK), 0);
	assert_int_equal(sys_lseek(fd, 1L << 30, ABI_SEEK_SET), 1L << 30);
	assert_int_equal(sys_read(fd, bytes, BLOCK), 0);
	assert_int_equal(sys_lseek(fd, -1, ABI_SEEK_SET), -EINVAL);
	assert_int_equal(sys_lseek(fd, 0, 9), -EINVAL);
	assert_int_equal(sys_write(fd, bytes, 1), -EBADF);
}

static void erased_blocks_take_bytes_at_any_place(void **state)
{
	static uint8_t bytes[300], back[300];
	int fd = opened("/dev/mtd2", ABI_O_RDWR);

	(void)state;
	memset(bytes, 'x', sizeof bytes);
	assert_int_equal(erase(fd, BLOCK, 2 * BLOCK), 0);
	assert_int_equal(fake.erased, 2);
	assert_int_equal(fake.bytes[6 * BLOCK - 1], (6 * BLOCK - 1) / 251 & 0xff);
	assert_int_equal(sys_lseek(fd, 2 * BLOCK - 37, ABI_SEEK_SET), 2 * BLOCK - 37);
	assert_int_equal(sys_write(fd, bytes, sizeof bytes), sizeof bytes);
	assert_int_equal(sys_lseek(fd, 2 * BLOCK - 37, ABI_SEEK_SET), 2 * BLOCK - 37);
	assert_int_equal(sys_read(fd, back, sizeof back), sizeof back);
	assert_memory_equal(bytes, back, sizeof bytes);
}

static void writing_stops_at_the_end(void **state)
{
	char bytes[200] = "";
	int fd = opened("/dev/mtd2", ABI_O_WRONLY);

	(void)state;
	assert_int_equal(sys_lseek(fd, -150, ABI_SEEK_END), 3 * BLOCK - 150);
	assert_int_equal(sys_write(fd, bytes, sizeof bytes), 150);
	assert_int_equal(sys_write(fd, bytes, sizeof bytes), -ENOSPC);
	assert_int_equal(sys_write(fd, bytes, 0), 0);
	assert_int_equal(sys_read(fd, bytes, 1), -EBADF);
}

static void only_whole_blocks_inside_are_erased(void **state)
{
	int fd = opened("/dev/mtd2", ABI_O_RDWR), reader = opened("/dev/mtd2", ABI_O_RDONLY);

	(void)state;
	assert_int_equal(erase(fd, 0, 0), -EINVAL);
	assert_int_equal(erase(fd, 1, BLOCK), -EINVAL);
	assert_int_equal(erase(fd, 0, BLOCK - 1), -EINVAL);
	assert_int_equal(erase(fd, 3 * BLOCK, BLOCK), -EINVAL);
	assert_int_equal(erase(fd, 2 * BLOCK, 2 * BLOCK), -EINVAL);
	assert_int_equal(erase(fd, BLOCK, 0u - BLOCK), -EINVAL);
	assert_int_equal(erase(reader, 0, BLOCK), -EBADF);
	assert_int_equal(sys_ioctl(fd, ABI_MEMERASE, UINTPTR_MAX - 3), -EFAULT);
	assert_int_equal(fake.erased, 0);
}

static void read_only_partitions_are_not_opened_for_writing(void **state)
{
	(void)state;
	assert_int_equal(sys_open("/dev/mtd0", ABI_O_RDWR, 0), -EROFS);
	assert_int_equal(sys_open("/dev/mtd1", ABI_O_WRONLY, 0), -EROFS);
	opened("/dev/mtd1", ABI_O_RDONLY);
}

static void the_chip_that_the_kernel_runs_from_is_busy(void **state)
{
	int fd = opened("/dev/mtd3", ABI_O_RDWR);
	char byte = 0;

	(void)state;
	assert_int_equal(sys_write(fd, &byte, 1), -EBUSY);
	assert_int_equal(erase(fd, 0, BLOCK), -EBUSY);
	assert_int_equal(sys_read(fd, &byte, 1), 1);
}

static void errors_of_the_chip_reach_the_caller_and_what_was_done_counts(void **state)
{
	static char bytes[3 * MTD_PROGRAM_MAX];
	int fd = opened("/dev/mtd2", ABI_O_RDWR);

	(void)state;
	fake.error = -EIO;
	assert_int_equal(sys_read(fd, bytes, sizeof bytes), -EIO);
	assert_int_equal(sys_write(fd, bytes, sizeof bytes), -EIO);
	assert_int_equal(erase(fd, 0, BLOCK), -EIO);
	assert_int_equal(sys_lseek(fd, 0, ABI_SEEK_CUR), 0);
	fake.countdown = 2;
	assert_int_equal(sys_write(fd, bytes, sizeof bytes), 2 * MTD_PROGRAM_MAX);
	assert_int_equal(sys_lseek(fd, 0, ABI_SEEK_CUR), 2 * MTD_PROGRAM_MAX);
	fake.error = -ETIMEDOUT;
	assert_int_equal(erase(fd, 0, BLOCK), -ETIMEDOUT);
	assert_null(fake.chip.lock.sem.holder);
}

static char order[16];

static void erase_slowly(void *arg)
{
	int fd = (int)sys_open("/dev/mtd2", ABI_O_RDWR, 0);

	(void)arg;
	assert_int_equal(erase(fd, 0, BLOCK), 0);
	strcat(order, "e");
	sys_close(fd);
}

static void read_meanwhile(void *arg)
{
	char byte;
	int fd = (int)sys_open("/dev/mtd1", ABI_O_RDONLY, 0);

	(void)arg;
	assert_int_equal(sys_read(fd, &byte, 1), 1);
	strcat(order, "r");
	sys_close(fd);
}

static void a_reader_waits_for_the_end_of_an_erasure(void **state)
{
	(void)state;
	fake.sleeps = true;
	order[0] = '\0';
	spawn(erase_slowly, 20);
	thread_yield();
	spawn(read_meanwhile, 20);
	host_run();
	assert_string_equal(order, "er");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		MTD(partitions_are_block_devices_with_sizes),
		MTD(the_directory_lists_them_behind_the_others),
		MTD(info_tells_geometry_and_name),
		MTD(reading_is_from_the_partition_and_ends_with_it),
		MTD(erased_blocks_take_bytes_at_any_place),
		MTD(writing_stops_at_the_end),
		MTD(only_whole_blocks_inside_are_erased),
		MTD(read_only_partitions_are_not_opened_for_writing),
		MTD(the_chip_that_the_kernel_runs_from_is_busy),
		MTD(errors_of_the_chip_reach_the_caller_and_what_was_done_counts),
		MTD(a_reader_waits_for_the_end_of_an_erasure),
	};

	return cmocka_run_group_tests_name("unit.mtd", tests, mtd_setup, fixture_teardown);
}
