/*
 * Directories: the current one, and reading any of them.
 */
#include "files.h"
#include "harness.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int cwd_is(const char *expected)
{
	char cwd[PATH_MAX];

	return getcwd(cwd, sizeof cwd) && strcmp(cwd, expected) == 0;
}

static int chdir_goes_everywhere_and_getcwd_says_where(void)
{
	static const struct {
		const char *to, *cwd;
	} rows[] = {
		{"/", "/"},	      {"..", "/"},	    {"/tmp", "/tmp"},	   {".", "/tmp"},
		{"..", "/"},	      {"tmp/../dev", "/dev"}, {"../proc", "/proc"}, {"1/..", "/proc"},
		{"../../../..", "/"}, {"//bin//", "/bin"},  {"../tmp/./", "/tmp"}, {"/proc/../etc", "/etc"},
	};

	for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		CHECK_EQUAL(chdir(rows[i].to), 0);
		if (!cwd_is(rows[i].cwd))
			printf("# after chdir to %s\n", rows[i].to);
		fflush(stdout);
		CHECK(cwd_is(rows[i].cwd));
	}
	return 0;
}

static int chdir_says_what_is_wrong(void)
{
	CHECK_EQUAL(chdir("/tmp"), 0);
	CHECK_EQUAL(error_of(chdir("/etc/motd")), ENOTDIR);
	CHECK_EQUAL(error_of(chdir("/none")), ENOENT);
	CHECK_EQUAL(error_of(chdir("")), ENOENT);
	CHECK_EQUAL(error_of(chdir("/dev/null")), ENOTDIR);
	CHECK(cwd_is("/tmp"));
	return 0;
}

static int getcwd_needs_room(void)
{
	char cwd[8] = "unhurt";

	CHECK_EQUAL(chdir("/proc"), 0);
	CHECK(getcwd(cwd, 5) == NULL);
	CHECK_EQUAL(errno, ERANGE);
	CHECK(getcwd(cwd, 0) == NULL);
	CHECK_EQUAL(errno, EINVAL);
	CHECK(getcwd(cwd, 6) == cwd);
	CHECK_EQUAL(strcmp(cwd, "/proc"), 0);
	CHECK_EQUAL(chdir("/"), 0);
	CHECK(getcwd(cwd, 2) == cwd);
	CHECK(getcwd(cwd, 1) == NULL);
	CHECK_EQUAL(errno, ERANGE);
	return 0;
}

static int fchdir_goes_to_an_open_directory(void)
{
	int root = open("/", O_RDONLY), tmp = open("/tmp", O_RDONLY | O_DIRECTORY), file = open("/etc/motd", O_RDONLY);

	CHECK_EQUAL(fchdir(tmp), 0);
	CHECK(cwd_is("/tmp"));
	CHECK_EQUAL(fchdir(root), 0);
	CHECK(cwd_is("/"));
	CHECK_EQUAL(error_of(fchdir(file)), ENOTDIR);
	CHECK(cwd_is("/"));
	return 0;
}

static int relative_names_start_at_the_directory(void)
{
	CHECK_EQUAL(chdir("/etc"), 0);
	CHECK_EQUAL(access("motd", R_OK), 0);
	CHECK_EQUAL(access("./motd", R_OK), 0);
	CHECK_EQUAL(access("../etc//motd", R_OK), 0);
	CHECK_EQUAL(error_of(access("etc/motd", R_OK)), ENOENT);
	return 0;
}

/* Every entry of the directory can be looked at, has the type and number that stat tells, and comes once. */
static int directory_is_sound(const char *path)
{
	DIR *dir = opendir(path);
	int dots = 0, entries = 0;
	struct dirent *entry;

	CHECK(dir);
	CHECK_EQUAL(chdir(path), 0);
	errno = 0;
	while ((entry = readdir(dir))) {
		struct stat st;

		dots += strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
		CHECK_EQUAL(lstat(entry->d_name, &st), 0);
		CHECK_EQUAL(entry->d_type, (st.st_mode & S_IFMT) >> 12);
		CHECK(strlen(entry->d_name) <= NAME_MAX);
		entries++;
	}
	CHECK_EQUAL(errno, 0);
	CHECK_EQUAL(dots, 2);
	rewinddir(dir);
	while (readdir(dir))
		entries--;
	CHECK_EQUAL(entries, 0);
	CHECK_EQUAL(closedir(dir), 0);
	return 0;
}

static int every_directory_can_be_read(void)
{
	static const char *const paths[] = {"/", "/bin", "/etc", "/dev", "/tmp", "/proc", "/proc/self", "/host", "/host/tests"};

	for (unsigned i = 0; i < sizeof paths / sizeof paths[0]; i++)
		CHECK_EQUAL(directory_is_sound(paths[i]), 0);
	return 0;
}

static int directories_are_not_read_as_files(void)
{
	char buffer[64];
	int dir = open("/etc", O_RDONLY), file = open("/etc/motd", O_RDONLY);

	CHECK_EQUAL(error_of((int)read(dir, buffer, sizeof buffer)), EISDIR);
	CHECK_EQUAL(error_of((int)getdents(file, buffer, sizeof buffer)), ENOTDIR);
	CHECK_EQUAL(error_of((int)getdents(dir, buffer, 4)), EINVAL); /* no room for one entry */
	CHECK(opendir("/etc/motd") == NULL);
	CHECK_EQUAL(errno, ENOTDIR);
	CHECK(opendir("/none") == NULL);
	CHECK_EQUAL(errno, ENOENT);
	return 0;
}

TARGET_CASES(directories, CASE(chdir_goes_everywhere_and_getcwd_says_where), CASE(chdir_says_what_is_wrong),
	     CASE(getcwd_needs_room), CASE(fchdir_goes_to_an_open_directory),
	     CASE(relative_names_start_at_the_directory), CASE(every_directory_can_be_read),
	     CASE(directories_are_not_read_as_files))
