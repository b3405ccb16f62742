/*
 * pread, pwrite and fsync; getline.
 */
#include "files.h"
#include "harness.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME "/tmp/positioned"

static int contains(const char *expected)
{
	char text[32] = "";
	int fd = open(FILE_NAME, O_RDONLY);

	if (fd < 0 || read(fd, text, sizeof text - 1) < 0)
		return 0;
	close(fd);
	return strcmp(text, expected) == 0;
}

static int pread_leaves_the_offset(void)
{
	char text[8] = "";
	int fd = open("/etc/motd", O_RDONLY);
	off_t end;

	CHECK(fd >= 0);
	end = lseek(fd, 0, SEEK_END);
	CHECK_EQUAL(lseek(fd, 3, SEEK_SET), 3);
	CHECK_EQUAL(pread(fd, text, 4, 0), 4);
	CHECK_EQUAL(lseek(fd, 0, SEEK_CUR), 3);
	CHECK_EQUAL(pread(fd, text + 4, 3, 1), 3);
	CHECK(memcmp(text + 1, text + 4, 3) == 0);
	CHECK_EQUAL(pread(fd, text, 4, end - 1), 1);
	CHECK_EQUAL(pread(fd, text, 4, end), 0);
	CHECK_EQUAL(pread(fd, text, 4, end + 100), 0);
	close(fd);
	return 0;
}

static int pwrite_leaves_the_offset_and_minds_no_o_append(void)
{
	int fd = open(FILE_NAME, O_RDWR | O_CREAT | O_APPEND, 0644);

	CHECK(fd >= 0);
	CHECK_EQUAL(write(fd, "abcdef", 6), 6);
	CHECK_EQUAL(pwrite(fd, "XY", 2, 1), 2);
	CHECK(contains("aXYdef"));
	CHECK_EQUAL(lseek(fd, 0, SEEK_CUR), 6);
	CHECK_EQUAL(write(fd, "g", 1), 1);
	CHECK(contains("aXYdefg"));
	CHECK_EQUAL(pwrite(fd, "Z", 1, 9), 1); /* a hole of zeros */
	CHECK_EQUAL(lseek(fd, 0, SEEK_END), 10);
	close(fd);
	CHECK_EQUAL(unlink(FILE_NAME), 0);
	return 0;
}

static int positions_that_are_none_are_refused(void)
{
	char byte = 0;
	int ends[2], fd = open("/etc/motd", O_RDONLY), null = open("/dev/null", O_WRONLY);

	CHECK_EQUAL(pipe(ends), 0);
	CHECK_EQUAL(error_of((int)pread(fd, &byte, 1, -1)), EINVAL);
	CHECK_EQUAL(error_of((int)pwrite(fd, &byte, 1, 0)), EBADF);
	CHECK_EQUAL(error_of((int)pread(null, &byte, 1, 0)), EBADF);
	CHECK_EQUAL(error_of((int)pread(60, &byte, 1, 0)), EBADF);
	CHECK_EQUAL(error_of((int)pread(ends[0], &byte, 1, 0)), ESPIPE);
	CHECK_EQUAL(error_of((int)pwrite(ends[1], &byte, 1, 0)), ESPIPE);
	CHECK_EQUAL(error_of((int)pread(fd, (void *)8, 1, 0)), EFAULT);
	CHECK_EQUAL(pwrite(null, &byte, 1, 5), 1);
	close(fd);
	fd = open("/etc", O_RDONLY);
	CHECK_EQUAL(error_of((int)pread(fd, &byte, 1, 0)), EISDIR);
	return 0;
}

static int fsync_knows_what_can_be_stored(void)
{
	int ends[2], fd = open("/etc/motd", O_RDONLY);

	CHECK_EQUAL(pipe(ends), 0);
	CHECK_EQUAL(fsync(fd), 0);
	CHECK_EQUAL(fdatasync(fd), 0);
	CHECK_EQUAL(error_of(fsync(ends[1])), EINVAL);
	CHECK_EQUAL(error_of(fsync(60)), EBADF);
	return 0;
}

static int getline_grows_its_memory(void)
{
	FILE *file = fopen(FILE_NAME, "w+");
	size_t size = 0;
	char *line = NULL;

	CHECK(file);
	for (int i = 0; i < 500; i++)
		fputc('x', file);
	fputs("\nsecond:part\nno newline", file);
	rewind(file);
	CHECK_EQUAL(getline(&line, &size, file), 501);
	CHECK(size > 501 && line[500] == '\n' && line[501] == '\0');
	CHECK_EQUAL(getdelim(&line, &size, ':', file), 7);
	CHECK(strcmp(line, "second:") == 0);
	CHECK_EQUAL(getline(&line, &size, file), 5);
	CHECK_EQUAL(getline(&line, &size, file), 10);
	CHECK(strcmp(line, "no newline") == 0);
	CHECK_EQUAL(getline(&line, &size, file), -1);
	CHECK(feof(file));
	free(line);
	fclose(file);
	CHECK_EQUAL(unlink(FILE_NAME), 0);
	return 0;
}

TARGET_CASES(positioned, CASE(pread_leaves_the_offset), CASE(pwrite_leaves_the_offset_and_minds_no_o_append),
	     CASE(positions_that_are_none_are_refused), CASE(fsync_knows_what_can_be_stored), CASE(getline_grows_its_memory))
