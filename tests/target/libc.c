/*
 * What the C library adds to the system calls on files, and what it tells of time and of the limits.
 */
#include "files.h"
#include "harness.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int getcwd_allocates_when_asked(void)
{
	char *cwd;

	CHECK_EQUAL(chdir("/proc/self"), 0);
	cwd = getcwd(NULL, 0);
	CHECK(cwd && strncmp(cwd, "/proc/", 6) == 0);
	CHECK_EQUAL(atoi(cwd + 6), getpid());
	free(cwd);
	CHECK(getcwd(NULL, 3) == NULL);
	CHECK_EQUAL(errno, ERANGE);
	return 0;
}

static int realpath_resolves_dots_and_links(void)
{
	char path[PATH_MAX], expected[32];

	snprintf(expected, sizeof expected, "/proc/%d/stat", (int)getpid());
	CHECK(realpath("/bin/.././proc//self/stat", path) == path);
	CHECK_EQUAL(strcmp(path, expected), 0);
	CHECK(realpath("/tmp/none", path) == NULL);
	CHECK_EQUAL(errno, ENOENT);
	CHECK(realpath("/etc/motd/x", path) == NULL);
	CHECK_EQUAL(errno, ENOTDIR);
	return 0;
}

static int a_directory_stream_can_be_rewound(void)
{
	char first[64];
	int fd = open("/etc", O_RDONLY);
	DIR *dir = fdopendir(fd);
	struct dirent *entry;

	CHECK(dir);
	CHECK_EQUAL(dirfd(dir), fd);
	CHECK((entry = readdir(dir)));
	snprintf(first, sizeof first, "%s", entry->d_name);
	while (readdir(dir))
		;
	CHECK(readdir(dir) == NULL);
	rewinddir(dir);
	CHECK((entry = readdir(dir)));
	CHECK_EQUAL(strcmp(entry->d_name, first), 0);
	CHECK_EQUAL(closedir(dir), 0);
	CHECK_EQUAL(fcntl(fd, F_GETFD), -1);
	return 0;
}

static int temporary_files_have_names_of_their_own(void)
{
	char one[] = "/tmp/t-XXXXXX", two[] = "/tmp/t-XXXXXX", bad[] = "/none/t-XXXXXX";
	int first = mkstemp(one), second = mkstemp(two);
	struct stat st;

	CHECK(first >= 0 && second >= 0);
	CHECK(strcmp(one, two) != 0 && !strstr(one, "XXXXXX"));
	CHECK_EQUAL(stat(one, &st), 0);
	CHECK_EQUAL(st.st_mode & 077, 0);
	CHECK_EQUAL(write(first, "x", 1), 1);
	CHECK_EQUAL(mkstemp(bad), -1);
	CHECK_EQUAL(errno, ENOENT);
	CHECK_EQUAL(unlink(one) | unlink(two), 0);
	return 0;
}

static int streams_read_write_and_seek(void)
{
	char line[16];
	FILE *file = fopen("/tmp/stream", "w+");

	CHECK(file);
	CHECK(fprintf(file, "%s %d %.3f\n", "line", -1, 2.5) == 14);
	CHECK_EQUAL(fseek(file, 5, SEEK_SET), 0);
	CHECK(fgets(line, sizeof line, file));
	CHECK_EQUAL(strcmp(line, "-1 2.500\n"), 0);
	CHECK_EQUAL(ftell(file), 14);
	CHECK(fgetc(file) == EOF && feof(file));
	CHECK_EQUAL(fclose(file), 0);
	file = fopen("/tmp/stream", "a");
	CHECK(file && fputs("more", file) >= 0 && fclose(file) == 0);
	file = fopen("/tmp/stream", "r");
	CHECK(file && fseek(file, 0, SEEK_END) == 0 && ftell(file) == 18);
	CHECK(fputc('x', file) == EOF);
	fclose(file);
	CHECK(fopen("/tmp/none", "r") == NULL);
	CHECK_EQUAL(errno, ENOENT);
	CHECK_EQUAL(remove("/tmp/stream"), 0);
	return 0;
}

static int remove_takes_files_and_directories(void)
{
	CHECK_EQUAL(file_make("/tmp/f", "", 0600), 0);
	CHECK_EQUAL(mkdir("/tmp/d", 0700), 0);
	CHECK_EQUAL(remove("/tmp/f"), 0);
	CHECK_EQUAL(remove("/tmp/d"), 0);
	CHECK_EQUAL(remove("/tmp/d"), -1);
	CHECK_EQUAL(errno, ENOENT);
	return 0;
}

static int calendar_and_seconds_agree(void)
{
	struct tm tm;
	char text[32];
	time_t leap = 1709164800 + 3661; /* 2024-02-29 01:01:01 */

	CHECK(gmtime_r(&leap, &tm) == &tm);
	CHECK(strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %a", &tm) > 0);
	CHECK_EQUAL(strcmp(text, "2024-02-29 01:01:01 Thu"), 0);
	CHECK_EQUAL(mktime(&tm), leap); /* without TZ, local time is UTC */
	return 0;
}

static int sysconf_knows_the_limits(void)
{
	CHECK_EQUAL(sysconf(_SC_OPEN_MAX), OPEN_MAX);
	CHECK(sysconf(_SC_PAGESIZE) > 0);
	CHECK_EQUAL(sysconf(_SC_NPROCESSORS_ONLN), 1);
	errno = 0;
	CHECK_EQUAL(sysconf(-5), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

TARGET_CASES(libc, CASE(getcwd_allocates_when_asked), CASE(realpath_resolves_dots_and_links),
	     CASE(a_directory_stream_can_be_rewound), CASE(temporary_files_have_names_of_their_own),
	     CASE(streams_read_write_and_seek), CASE(remove_takes_files_and_directories),
	     CASE(calendar_and_seconds_agree), CASE(sysconf_knows_the_limits))
