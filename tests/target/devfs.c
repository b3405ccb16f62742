/*
 * The devices of /dev that need no terminal.
 */
#include "harness.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static int null_swallows_everything_and_holds_nothing(void)
{
	char bytes[4] = "abc";
	int fd = open("/dev/null", O_RDWR);

	CHECK_EQUAL(read(fd, bytes, sizeof bytes), 0);
	CHECK_EQUAL(strcmp(bytes, "abc"), 0);
	CHECK_EQUAL(write(fd, bytes, sizeof bytes), sizeof bytes);
	CHECK_EQUAL(read(fd, bytes, sizeof bytes), 0);
	CHECK_EQUAL(lseek(fd, 100, SEEK_SET), 0);
	CHECK_EQUAL(isatty(fd), 0);
	CHECK_EQUAL(errno, ENOTTY);
	return 0;
}

static int zero_gives_as_many_zeros_as_asked_for(void)
{
	static char bytes[3000];
	int fd = open("/dev/zero", O_RDWR);

	memset(bytes, 'x', sizeof bytes);
	CHECK_EQUAL(read(fd, bytes, sizeof bytes - 1), sizeof bytes - 1);
	for (unsigned i = 0; i < sizeof bytes - 1; i++)
		CHECK_EQUAL(bytes[i], 0);
	CHECK_EQUAL(bytes[sizeof bytes - 1], 'x');
	CHECK_EQUAL(write(fd, bytes, sizeof bytes), sizeof bytes);
	return 0;
}

static int full_gives_zeros_but_takes_nothing(void)
{
	char bytes[4] = "abc";
	int fd = open("/dev/full", O_RDWR);

	CHECK_EQUAL(write(fd, bytes, 1), -1);
	CHECK_EQUAL(errno, ENOSPC);
	CHECK_EQUAL(write(fd, bytes, 0), 0);
	CHECK_EQUAL(read(fd, bytes, sizeof bytes), sizeof bytes);
	CHECK_EQUAL(memcmp(bytes, "\0\0\0\0", 4), 0);
	return 0;
}

static int stdio_tells_that_full_is_full(void)
{
	FILE *full = fopen("/dev/full", "w");

	CHECK(full);
	CHECK(fputs("text", full) >= 0); /* it lies in the buffer */
	CHECK_EQUAL(fclose(full), EOF);
	CHECK_EQUAL(errno, ENOSPC);
	return 0;
}

/* Each value of a byte comes about equally often, and no two reads are alike. */
static int random_bytes_differ(void)
{
	static unsigned char first[4096], second[4096];
	unsigned seen[256] = {0};
	int fd = open("/dev/random", O_RDONLY), other = open("/dev/urandom", O_RDONLY);

	CHECK_EQUAL(read(fd, first, sizeof first), sizeof first);
	CHECK_EQUAL(read(other, second, sizeof second), sizeof second);
	CHECK(memcmp(first, second, sizeof first) != 0);
	for (unsigned i = 0; i < sizeof first; i++)
		seen[first[i]]++;
	for (unsigned i = 0; i < 256; i++)
		CHECK(seen[i] > 0 && seen[i] < 64);
	return 0;
}

static int the_kernel_log_takes_and_shows_lines(void)
{
	static char log[16384];
	size_t length = 0;
	ssize_t n;
	int fd = open("/dev/kmsg", O_RDWR);

	CHECK_EQUAL(write(fd, "a test was here\n", 16), 16);
	close(fd);
	fd = open("/dev/kmsg", O_RDONLY);
	while (length < sizeof log - 1 && (n = read(fd, log + length, sizeof log - 1 - length)) > 0)
		length += (size_t)n;
	log[length] = '\0';
	CHECK(strstr(log, "a test was here\n"));
	return 0;
}

static int devices_are_character_devices_with_numbers_of_their_own(void)
{
	static const char *const paths[] = {"/dev/null", "/dev/zero",	 "/dev/full", "/dev/random",
					    "/dev/tty",	 "/dev/console", "/dev/kmsg"};
	struct stat st[7];

	for (int i = 0; i < 7; i++) {
		CHECK_EQUAL(stat(paths[i], &st[i]), 0);
		CHECK(S_ISCHR(st[i].st_mode));
		for (int k = 0; k < i; k++)
			CHECK(st[k].st_rdev != st[i].st_rdev && st[k].st_ino != st[i].st_ino);
	}
	return 0;
}

static int nothing_can_be_made_or_removed_here(void)
{
	CHECK_EQUAL(open("/dev/new", O_WRONLY | O_CREAT, 0600), -1);
	CHECK_EQUAL(errno, EROFS);
	CHECK_EQUAL(mkdir("/dev/new", 0700), -1);
	CHECK_EQUAL(errno, EROFS);
	CHECK_EQUAL(unlink("/dev/null"), -1);
	CHECK_EQUAL(errno, EROFS);
	CHECK_EQUAL(rename("/dev/null", "/dev/zero"), -1);
	CHECK_EQUAL(errno, EROFS);
	CHECK_EQUAL(access("/dev/null", R_OK | W_OK), 0);
	return 0;
}

static int what_is_no_terminal_says_enotty(void)
{
	struct termios settings;
	int count, fd = open("/dev/zero", O_RDWR);

	CHECK_EQUAL(tcgetattr(fd, &settings), -1);
	CHECK_EQUAL(errno, ENOTTY);
	CHECK_EQUAL(ioctl(fd, FIONREAD, &count), -1);
	CHECK_EQUAL(errno, ENOTTY);
	CHECK_EQUAL(ftruncate(fd, 0), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

TARGET_CASES(devfs, CASE(null_swallows_everything_and_holds_nothing), CASE(zero_gives_as_many_zeros_as_asked_for),
	     CASE(full_gives_zeros_but_takes_nothing), CASE(stdio_tells_that_full_is_full), CASE(random_bytes_differ),
	     CASE(the_kernel_log_takes_and_shows_lines), CASE(devices_are_character_devices_with_numbers_of_their_own),
	     CASE(nothing_can_be_made_or_removed_here), CASE(what_is_no_terminal_says_enotty))
