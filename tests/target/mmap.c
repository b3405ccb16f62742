/*
 * Mappings of the C library: memory of the heap and copies of files. That all of it is given back is for the harness, which compares free
 * memory before and after each case; who shares them after vfork is in tests/vfork-suite.
 */
#include "harness.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LENGTH 5000
#define BOTH (PROT_READ | PROT_WRITE)

static char *map(int flags)
{
	return mmap(NULL, LENGTH, BOTH, flags | MAP_ANONYMOUS, -1, 0);
}

/* A file that holds this text, open. */
static int file_with(const char *text)
{
	int fd = open("/tmp/mapped", O_RDWR | O_CREAT | O_TRUNC, 0600);

	unlink("/tmp/mapped");
	return fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) ? fd : -1;
}

static int refused(int prot, int flags, int fd, off_t offset)
{
	errno = 0;
	return mmap(NULL, LENGTH, prot, flags, fd, offset) == MAP_FAILED ? errno : 0;
}

static int all_zero(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (bytes[i])
			return 0;
	return 1;
}

static int anonymous_memory_is_zero(void)
{
	char *dirty = malloc(LENGTH), *private, *shared;

	CHECK(dirty);
	memset(dirty, 0xff, LENGTH);
	free(dirty);
	private = map(MAP_PRIVATE);
	shared = map(MAP_SHARED);
	CHECK(private != MAP_FAILED && shared != MAP_FAILED);
	CHECK(all_zero(private, LENGTH) && all_zero(shared, LENGTH));
	memset(private, 1, LENGTH);
	CHECK(all_zero(shared, LENGTH));
	CHECK_EQUAL(munmap(private, LENGTH) | munmap(shared, LENGTH), 0);
	return 0;
}

static int a_file_is_read_from_its_offset(void)
{
	int fd = file_with("0123456789");
	char *bytes;

	CHECK(fd >= 0);
	CHECK_EQUAL(lseek(fd, 3, SEEK_SET), 3);
	bytes = mmap(NULL, LENGTH, PROT_READ, MAP_PRIVATE, fd, 6);
	CHECK(bytes != MAP_FAILED);
	CHECK_EQUAL(memcmp(bytes, "6789", 5), 0);
	CHECK(all_zero(bytes + 4, LENGTH - 4));
	CHECK_EQUAL(lseek(fd, 0, SEEK_CUR), 3);
	bytes[0] = 'x';
	CHECK_EQUAL(close(fd), 0); /* the mapping stays */
	CHECK_EQUAL(memcmp(bytes, "x789", 5), 0);
	CHECK_EQUAL(munmap(bytes, LENGTH), 0);
	return 0;
}

static int a_private_mapping_does_not_change_the_file(void)
{
	int fd = file_with("before");
	char text[7] = "", *bytes;

	bytes = mmap(NULL, 6, BOTH, MAP_PRIVATE, fd, 0);
	CHECK(bytes != MAP_FAILED);
	memcpy(bytes, "change", 6);
	CHECK_EQUAL(msync(bytes, 6, MS_SYNC), 0);
	CHECK_EQUAL(munmap(bytes, 6), 0);
	CHECK_EQUAL(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQUAL(read(fd, text, 6), 6);
	CHECK_EQUAL(strcmp(text, "before"), 0);
	close(fd);
	return 0;
}

static int what_cannot_be_mapped_is_refused(void)
{
	int fd = file_with("text"), out = open("/tmp/out", O_WRONLY | O_CREAT, 0600), pipes[2];

	CHECK(fd >= 0 && out >= 0 && pipe(pipes) == 0 && unlink("/tmp/out") == 0);
	CHECK_EQUAL(refused(BOTH, MAP_SHARED, fd, 0), ENODEV);
	CHECK_EQUAL(refused(BOTH, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0), ENOTSUP);
	CHECK_EQUAL(refused(BOTH | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), ENOTSUP);
	CHECK_EQUAL(refused(BOTH, MAP_ANONYMOUS, -1, 0), EINVAL);
	CHECK_EQUAL(refused(BOTH, MAP_SHARED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), EINVAL);
	CHECK_EQUAL(refused(BOTH, MAP_PRIVATE, -1, 0), EBADF);
	CHECK_EQUAL(refused(BOTH, MAP_PRIVATE, out, 0), EACCES);
	CHECK_EQUAL(refused(BOTH, MAP_PRIVATE, pipes[0], 0), ENODEV);
	CHECK_EQUAL(refused(BOTH, MAP_PRIVATE, fd, -1), EINVAL);
	CHECK_EQUAL(refused(BOTH, MAP_PRIVATE, fd, sizeof(off_t) == 4 ? INT32_MAX : (off_t)INT64_MAX), EOVERFLOW);
	CHECK(mmap(NULL, 0, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
	CHECK_EQUAL(errno, EINVAL);
	close(fd), close(out), close(pipes[0]), close(pipes[1]);
	return 0;
}

static int too_much_is_enomem(void)
{
	int fd = file_with("text");

	CHECK(mmap(NULL, SIZE_MAX / 4, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
	CHECK_EQUAL(errno, ENOMEM);
	CHECK(mmap(NULL, (size_t)1 << 30, BOTH, MAP_PRIVATE, fd, 0) == MAP_FAILED);
	CHECK_EQUAL(errno, ENOMEM);
	close(fd);
	return 0;
}

static int parts_can_be_unmapped_in_any_order(void)
{
	static const int order[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

	for (unsigned i = 0; i < sizeof order / sizeof order[0]; i++) {
		char *bytes = map(MAP_PRIVATE);

		CHECK(bytes != MAP_FAILED);
		memset(bytes, 1, LENGTH);
		for (int n = 0; n < 3; n++) {
			int part = order[i][n], kept = order[i][2];

			CHECK(bytes[kept * 1000] == 1 && bytes[kept * 1000 + 999] == 1);
			CHECK_EQUAL(munmap(bytes + part * 1000, part == 2 ? LENGTH : 1000), 0);
		}
	}
	return 0;
}

static int unmapping_ends_with_the_mapping(void)
{
	char *first = map(MAP_PRIVATE), *second = map(MAP_PRIVATE);
	char *low = first < second ? first : second, *high = first < second ? second : first;

	CHECK(first != MAP_FAILED && second != MAP_FAILED);
	memset(high, 1, LENGTH);
	CHECK_EQUAL(munmap(low, 8192), 0); /* rounded up to pages, as programs do */
	CHECK(high[0] == 1 && high[LENGTH - 1] == 1);
	CHECK_EQUAL(munmap(low, LENGTH), 0); /* nothing is there any more */
	CHECK_EQUAL(munmap(high, 0), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(munmap(high, LENGTH), 0);
	return 0;
}

static int protection_that_has_no_effect_is_refused(void)
{
	char *bytes = map(MAP_PRIVATE);

	CHECK_EQUAL(mprotect(bytes, LENGTH, BOTH), 0);
	CHECK_EQUAL(mprotect(bytes, LENGTH, PROT_READ), -1);
	CHECK_EQUAL(errno, ENOTSUP);
	CHECK_EQUAL(mprotect(bytes, LENGTH, BOTH | PROT_EXEC), -1);
	CHECK_EQUAL(errno, ENOTSUP);
	CHECK_EQUAL(mprotect(bytes, LENGTH + 1, BOTH), -1);
	CHECK_EQUAL(errno, ENOMEM);
	CHECK_EQUAL(munmap(bytes, LENGTH), 0);
	return 0;
}

static int synchronizing_checks_its_arguments(void)
{
	char *bytes = map(MAP_SHARED);

	CHECK_EQUAL(msync(bytes, LENGTH, MS_ASYNC | MS_INVALIDATE), 0);
	CHECK_EQUAL(msync(bytes, LENGTH, MS_ASYNC | MS_SYNC), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(msync(bytes, LENGTH, 0), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(munmap(bytes, LENGTH), 0);
	CHECK_EQUAL(msync(bytes, LENGTH, MS_SYNC), -1);
	CHECK_EQUAL(errno, ENOMEM);
	return 0;
}

TARGET_CASES(mmap, CASE(anonymous_memory_is_zero), CASE(a_file_is_read_from_its_offset),
	     CASE(a_private_mapping_does_not_change_the_file), CASE(what_cannot_be_mapped_is_refused), CASE(too_much_is_enomem),
	     CASE(parts_can_be_unmapped_in_any_order), CASE(unmapping_ends_with_the_mapping),
	     CASE(protection_that_has_no_effect_is_refused), CASE(synchronizing_checks_its_arguments))
