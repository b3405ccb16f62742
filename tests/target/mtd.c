/*
 * Flash partitions. The cases need a writable one, and use its last three erase blocks; without any flash there is nothing to test.
 */
#include "harness.h"

#include <fcntl.h>
#include <mtd/mtd-user.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static struct mtd_info_user info;

/* Opens the first partition that is writable, or is not; -1 when there is none. */
static int open_mtd(int writable, int flags)
{
	char path[] = "/dev/mtd0";
	int fd;

	for (; path[8] <= '9' && (fd = open(path, O_RDONLY)) >= 0; path[8]++) {
		int error = ioctl(fd, MEMGETINFO, &info);

		close(fd);
		if (!error && !!(info.flags & MTD_WRITEABLE) == writable)
			return open(path, flags);
	}
	return -1;
}

static int have_flash(void)
{
	int fd = open("/dev/mtd0", O_RDONLY);

	close(fd);
	return fd >= 0;
}

static long block(int number)
{
	return (long)info.size - (3 - number) * (long)info.erasesize;
}

static int erase(int fd, long start, long length)
{
	struct erase_info_user range = {(uint32_t)start, (uint32_t)length};

	return ioctl(fd, MEMERASE, &range);
}

static int all_are(int fd, long start, long length, unsigned char value)
{
	static unsigned char bytes[1024];

	lseek(fd, start, SEEK_SET);
	for (long done = 0; done < length; done += (long)sizeof bytes) {
		if (read(fd, bytes, sizeof bytes) != sizeof bytes)
			return 0;
		for (unsigned i = 0; i < sizeof bytes; i++)
			if (bytes[i] != value)
				return 0;
	}
	return 1;
}

static int partitions_are_block_devices(void)
{
	struct stat st;

	if (!have_flash())
		return TARGET_SKIP;
	CHECK_EQUAL(stat("/dev/mtd0", &st), 0);
	CHECK(S_ISBLK(st.st_mode));
	CHECK(open_mtd(1, O_RDONLY) >= 0);
	CHECK(info.erasesize > 0 && (info.erasesize & (info.erasesize - 1)) == 0 && info.size % info.erasesize == 0);
	CHECK_EQUAL(info.type, MTD_NORFLASH);
	CHECK(info.name[0] != '\0');
	return 0;
}

static int what_the_system_boots_from_is_not_opened_for_writing(void)
{
	char bytes[64];
	int fd;

	if (!have_flash())
		return TARGET_SKIP;
	CHECK_EQUAL(open_mtd(0, O_RDWR), -1);
	CHECK_EQUAL(errno, EROFS);
	fd = open_mtd(0, O_RDONLY);
	CHECK_EQUAL(read(fd, bytes, sizeof bytes), sizeof bytes);
	CHECK_EQUAL(erase(fd, 0, (long)info.erasesize), -1);
	CHECK_EQUAL(errno, EBADF);
	return 0;
}

static int an_erased_block_reads_as_ones_and_its_neighbours_stay(void)
{
	static unsigned char zeros[1024];
	int fd;

	if (!have_flash())
		return TARGET_SKIP;
	fd = open_mtd(1, O_RDWR);
	CHECK_EQUAL(erase(fd, block(0), 3L * (long)info.erasesize), 0);
	CHECK(all_are(fd, block(0), 3L * (long)info.erasesize, 0xff));
	for (int i = 0; i < 3; i++) {
		lseek(fd, block(i), SEEK_SET);
		CHECK_EQUAL(write(fd, zeros, sizeof zeros), sizeof zeros);
	}
	CHECK_EQUAL(erase(fd, block(1), (long)info.erasesize), 0);
	CHECK(all_are(fd, block(1), (long)info.erasesize, 0xff));
	CHECK(all_are(fd, block(0), sizeof zeros, 0) && all_are(fd, block(2), sizeof zeros, 0));
	return 0;
}

static int bytes_are_written_at_any_place_and_length(void)
{
	static char bytes[1500], back[1500];
	int fd;

	if (!have_flash())
		return TARGET_SKIP;
	fd = open_mtd(1, O_RDWR);
	CHECK_EQUAL(erase(fd, block(0), (long)info.erasesize), 0);
	for (unsigned i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 7);
	for (int i = 0; i < 9; i++) {
		long at = block(0) + i * 2000 + i;
		unsigned length = sizeof bytes - (unsigned)i * 160;

		CHECK_EQUAL(lseek(fd, at, SEEK_SET), at);
		CHECK_EQUAL(write(fd, bytes, length), length);
		CHECK_EQUAL(lseek(fd, at, SEEK_SET), at);
		CHECK_EQUAL(read(fd, back, length), length);
		CHECK_EQUAL(memcmp(bytes, back, length), 0);
	}
	return 0;
}

static int bits_are_cleared_but_never_set(void)
{
	char byte = 0x0f;
	int fd;

	if (!have_flash())
		return TARGET_SKIP;
	fd = open_mtd(1, O_RDWR);
	CHECK_EQUAL(erase(fd, block(0), (long)info.erasesize), 0);
	for (int i = 0; i < 2; i++) {
		lseek(fd, block(0), SEEK_SET);
		CHECK_EQUAL(write(fd, &byte, 1), 1);
		byte = 0x0c;
	}
	byte = 0x1c;
	lseek(fd, block(0), SEEK_SET);
	CHECK_EQUAL(write(fd, &byte, 1), -1);
	CHECK_EQUAL(errno, EIO);
	CHECK_EQUAL(read(fd, &byte, 1), 1);
	CHECK_EQUAL(byte, 0x0c);
	return 0;
}

static int wrong_ranges_are_refused(void)
{
	char byte = 0;
	int fd;

	if (!have_flash())
		return TARGET_SKIP;
	fd = open_mtd(1, O_RDWR);
	CHECK_EQUAL(erase(fd, 1, (long)info.erasesize), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(erase(fd, block(2), 2L * (long)info.erasesize), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(ioctl(fd, MEMERASE, (void *)4), -1);
	CHECK_EQUAL(errno, EFAULT);
	CHECK_EQUAL(ioctl(fd, MEMGETINFO, (void *)~7UL), -1);
	CHECK_EQUAL(errno, EFAULT);
	CHECK_EQUAL(lseek(fd, 0, SEEK_END), (long)info.size);
	CHECK_EQUAL(write(fd, &byte, 1), -1);
	CHECK_EQUAL(errno, ENOSPC);
	CHECK_EQUAL(read(fd, &byte, 1), 0);
	return 0;
}

TARGET_CASES(mtd, CASE(partitions_are_block_devices), CASE(what_the_system_boots_from_is_not_opened_for_writing),
	     CASE(an_erased_block_reads_as_ones_and_its_neighbours_stay), CASE(bytes_are_written_at_any_place_and_length),
	     CASE(bits_are_cleared_but_never_set), CASE(wrong_ranges_are_refused))
