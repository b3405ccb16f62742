/*
 * Files by name and by descriptor, in whatever file system: open, lseek, dup, fcntl, directories, stat, access.
 */
#include "harness.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The errno of open; 0 when it succeeds. */
static int open_error(const char *path, int flags)
{
	int fd = open(path, flags, 0644), error = error_of(fd);

	if (fd >= 0)
		close(fd);
	return error;
}

static int open_says_what_is_wrong(void)
{
	static const struct {
		const char *path;
		int flags, error;
	} rows[] = {
		{"/etc/motd", O_RDONLY, 0},
		{"/etc/motd", O_WRONLY, EROFS},
		{"/etc/motd", O_RDWR, EROFS},
		{"/etc/motd", O_RDONLY | O_CREAT, 0},
		{"/etc/motd", O_RDONLY | O_CREAT | O_EXCL, EEXIST},
		{"/etc/motd", O_RDONLY | O_DIRECTORY, ENOTDIR},
		{"/etc/motd/", O_RDONLY, ENOTDIR},
		{"/etc/motd/x", O_RDONLY, ENOTDIR},
		{"/etc/motd/x", O_RDWR | O_CREAT, ENOTDIR},
		{"/etc/motd/.", O_RDONLY, ENOTDIR},
		{"/etc/motd/..", O_RDONLY, ENOTDIR},
		{"/etc/none", O_RDONLY, ENOENT},
		{"/etc/none", O_WRONLY | O_CREAT, EROFS},
		{"/etc/none/x", O_WRONLY | O_CREAT, ENOENT},
		{"", O_RDONLY, ENOENT},
		{"", O_WRONLY | O_CREAT, ENOENT},
		{"/", O_RDONLY, 0},
		{"/", O_RDONLY | O_DIRECTORY, 0},
		{"/", O_RDWR, EISDIR},
		{"/tmp", O_WRONLY, EISDIR},
		{"/tmp", O_RDONLY | O_CREAT, EISDIR},
		{"/tmp", O_RDONLY | O_CREAT | O_EXCL, EEXIST},
		{"/tmp/none/", O_WRONLY | O_CREAT, EISDIR},
		{"/tmp/none", O_RDONLY, ENOENT},
		{"/dev/null", O_RDWR, 0},
		{"/dev/null", O_RDWR | O_CREAT | O_TRUNC, 0},
		{"/dev/none", O_RDWR, ENOENT},
		{"/dev/null", O_ACCMODE, EINVAL},
		{"/proc/self", O_RDONLY | O_NOFOLLOW, ELOOP},
		{"/proc/self", O_RDONLY, 0},
		{"/proc/self/stat", O_RDONLY, 0},
		{"/proc/meminfo", O_WRONLY, EACCES},
	};

	for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int error = open_error(rows[i].path, rows[i].flags);

		if (error != rows[i].error)
			printf("# open(\"%s\", 0x%x)\n", rows[i].path, (unsigned)rows[i].flags);
		fflush(stdout);
		CHECK_EQUAL(error, rows[i].error);
	}
	return 0;
}

static int names_too_long_are_refused(void)
{
	char name[NAME_MAX + 10], path[PATH_MAX + 1];

	memset(path, '/', sizeof path);
	path[sizeof path - 1] = '\0';
	CHECK_EQUAL(open_error(path, O_RDONLY), ENAMETOOLONG); /* PATH_MAX bytes without NUL */
	path[sizeof path - 2] = '\0';
	CHECK_EQUAL(open_error(path, O_RDONLY), 0);
	memset(name, 'n', sizeof name);
	memcpy(name, "/tmp/", 5);
	name[5 + NAME_MAX + 1] = '\0';
	CHECK_EQUAL(open_error(name, O_WRONLY | O_CREAT), ENAMETOOLONG);
	CHECK_EQUAL(error_of(mkdir(name, 0700)), ENAMETOOLONG);
	name[5 + NAME_MAX] = '\0';
	CHECK_EQUAL(open_error(name, O_WRONLY | O_CREAT), 0);
	CHECK_EQUAL(unlink(name), 0);
	return 0;
}

static int access_mode_of_a_descriptor_holds(void)
{
	char byte = 'x';
	int fd = open("/tmp/mode", O_WRONLY | O_CREAT, 0600);

	CHECK(fd >= 0);
	CHECK_EQUAL(error_of((int)read(fd, &byte, 1)), EBADF);
	CHECK_EQUAL(write(fd, &byte, 1), 1);
	close(fd);
	fd = open("/tmp/mode", O_RDONLY);
	CHECK_EQUAL(error_of((int)write(fd, &byte, 1)), EBADF);
	CHECK_EQUAL(error_of(ftruncate(fd, 0)), EINVAL);
	CHECK_EQUAL(read(fd, &byte, 1), 1);
	close(fd);
	CHECK_EQUAL(unlink("/tmp/mode"), 0);
	return 0;
}

static int closed_descriptors_give_ebadf(void)
{
	static const int bad[] = {-1, 30, OPEN_MAX, 1000};
	struct stat st;
	char byte;

	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		CHECK_EQUAL(error_of(close(bad[i])), EBADF);
		CHECK_EQUAL(error_of((int)read(bad[i], &byte, 1)), EBADF);
		CHECK_EQUAL(error_of((int)write(bad[i], &byte, 1)), EBADF);
		CHECK_EQUAL(error_of((int)lseek(bad[i], 0, SEEK_SET)), EBADF);
		CHECK_EQUAL(error_of(dup(bad[i])), EBADF);
		CHECK_EQUAL(error_of(dup2(bad[i], 5)), EBADF);
		CHECK_EQUAL(error_of(fcntl(bad[i], F_GETFL)), EBADF);
		CHECK_EQUAL(error_of(fstat(bad[i], &st)), EBADF);
		CHECK_EQUAL(error_of(fchdir(bad[i])), EBADF);
		CHECK_EQUAL(error_of(ftruncate(bad[i], 0)), EBADF);
		CHECK_EQUAL(error_of(isatty(bad[i]) - 1), EBADF);
	}
	return 0;
}

static int lseek_moves_from_start_place_or_end(void)
{
	struct stat st;
	char byte[2];
	int fd = open("/etc/motd", O_RDONLY);

	CHECK_EQUAL(fstat(fd, &st), 0);
	CHECK_EQUAL(lseek(fd, 3, SEEK_SET), 3);
	CHECK_EQUAL(lseek(fd, 2, SEEK_CUR), 5);
	CHECK_EQUAL(lseek(fd, -1, SEEK_CUR), 4);
	CHECK_EQUAL(lseek(fd, -1, SEEK_END), st.st_size - 1);
	CHECK_EQUAL(read(fd, byte, 2), 1);
	CHECK_EQUAL(byte[0], '\n');
	CHECK_EQUAL(read(fd, byte, 2), 0);
	CHECK_EQUAL(lseek(fd, 1000, SEEK_END), st.st_size + 1000);
	CHECK_EQUAL(read(fd, byte, 2), 0);
	CHECK_EQUAL(error_of((int)lseek(fd, -1, SEEK_SET)), EINVAL);
	CHECK_EQUAL(error_of((int)lseek(fd, -st.st_size - 1, SEEK_END)), EINVAL);
	CHECK_EQUAL(error_of((int)lseek(fd, 0, 3)), EINVAL);
	CHECK_EQUAL(error_of((int)lseek(fd, LONG_MAX, SEEK_CUR)), EOVERFLOW);
	CHECK_EQUAL(lseek(fd, 0, SEEK_CUR), st.st_size + 1000); /* the failures moved nothing */
	close(fd);
	return 0;
}

static int the_lowest_free_descriptor_is_taken(void)
{
	int fds[4];

	for (int i = 0; i < 4; i++)
		fds[i] = dup(0);
	CHECK(fds[0] > 0 && fds[1] == fds[0] + 1 && fds[2] == fds[0] + 2 && fds[3] == fds[0] + 3);
	close(fds[1]);
	close(fds[2]);
	CHECK_EQUAL(open("/dev/null", O_RDONLY), fds[1]);
	CHECK_EQUAL(fcntl(0, F_DUPFD, fds[0]), fds[2]);
	CHECK_EQUAL(fcntl(0, F_DUPFD, fds[3] + 10), fds[3] + 10);
	CHECK_EQUAL(dup(0), fds[3] + 1);
	CHECK_EQUAL(error_of(fcntl(0, F_DUPFD, -1)), EINVAL);
	CHECK_EQUAL(error_of(fcntl(0, F_DUPFD, OPEN_MAX)), EINVAL);
	CHECK_EQUAL(error_of(fcntl(0, 999, 0)), EINVAL);
	return 0;
}

static int duplicates_share_the_offset(void)
{
	char byte;
	int fd = open("/etc/motd", O_RDONLY), other = dup(fd), own = open("/etc/motd", O_RDONLY);

	CHECK_EQUAL(lseek(fd, 7, SEEK_SET), 7);
	CHECK_EQUAL(lseek(other, 0, SEEK_CUR), 7);
	CHECK_EQUAL(read(other, &byte, 1), 1);
	CHECK_EQUAL(lseek(fd, 0, SEEK_CUR), 8);
	CHECK_EQUAL(lseek(own, 0, SEEK_CUR), 0);
	close(fd);
	CHECK_EQUAL(read(other, &byte, 1), 1);
	return 0;
}

static int dup2_replaces_what_was_there(void)
{
	struct stat motd, st;
	int fd = open("/etc/motd", O_RDONLY), target = open("/dev/null", O_RDONLY);

	CHECK_EQUAL(dup2(fd, target), target);
	CHECK_EQUAL(fstat(fd, &motd), 0);
	CHECK_EQUAL(fstat(target, &st), 0);
	CHECK(S_ISREG(st.st_mode) && st.st_ino == motd.st_ino);
	CHECK_EQUAL(dup2(fd, fd), fd);
	CHECK_EQUAL(fcntl(fd, F_GETFD), 0);
	CHECK_EQUAL(dup2(fd, 50), 50);
	CHECK_EQUAL(error_of(dup2(fd, OPEN_MAX)), EBADF);
	CHECK_EQUAL(error_of(dup2(fd, -1)), EBADF);
	CHECK_EQUAL(error_of(dup2(40, target)), EBADF);
	CHECK_EQUAL(fstat(target, &st), 0); /* a bad source closed nothing */
	CHECK_EQUAL(dup3(fd, 51, O_CLOEXEC), 51);
	CHECK_EQUAL(fcntl(51, F_GETFD), FD_CLOEXEC);
	CHECK_EQUAL(error_of(dup3(fd, fd, 0)), EINVAL);
	CHECK_EQUAL(error_of(dup3(fd, 52, O_APPEND)), EINVAL);
	return 0;
}

static int close_on_exec_belongs_to_the_descriptor(void)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC), copy = dup(fd);
	int marked = fcntl(fd, F_DUPFD_CLOEXEC, 0);

	CHECK_EQUAL(fcntl(fd, F_GETFD), FD_CLOEXEC);
	CHECK_EQUAL(fcntl(copy, F_GETFD), 0);
	CHECK_EQUAL(fcntl(marked, F_GETFD), FD_CLOEXEC);
	CHECK_EQUAL(fcntl(fd, F_SETFD, 0), 0);
	CHECK_EQUAL(fcntl(fd, F_GETFD), 0);
	CHECK_EQUAL(dup2(copy, marked), marked);
	CHECK_EQUAL(fcntl(marked, F_GETFD), 0);
	CHECK_EQUAL(fcntl(copy, F_SETFD, FD_CLOEXEC), 0);
	close(copy);
	CHECK_EQUAL(dup(fd), copy);
	CHECK_EQUAL(fcntl(copy, F_GETFD), 0); /* the mark went with the old one */
	return 0;
}

static int has_10_but_not_11(void)
{
	return fcntl(10, F_GETFD) != 0 || fcntl(11, F_GETFD) != -1;
}

static int exec_closes_what_is_marked_and_keeps_the_rest(void)
{
	CHECK_EQUAL(dup2(0, 10), 10);
	CHECK_EQUAL(dup3(0, 11, O_CLOEXEC), 11);
	CHECK_EQUAL(target_spawn_case("has_10_but_not_11"), 0);
	CHECK_EQUAL(fcntl(11, F_GETFD), FD_CLOEXEC); /* here it is still open */
	return 0;
}

static int only_some_flags_can_be_set_later(void)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	CHECK_EQUAL(fcntl(fd, F_GETFL), O_RDONLY);
	CHECK_EQUAL(fcntl(fd, F_SETFL, O_RDWR | O_APPEND | O_NONBLOCK | O_CREAT), 0);
	CHECK_EQUAL(fcntl(fd, F_GETFL), O_RDONLY | O_APPEND | O_NONBLOCK);
	CHECK_EQUAL(fcntl(fd, F_SETFL, 0), 0);
	CHECK_EQUAL(fcntl(fd, F_GETFL), O_RDONLY);
	return 0;
}

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

static int stat_tells_the_kind(void)
{
	struct stat st, by_fd;
	int fd = open("/etc/motd", O_RDONLY);

	CHECK_EQUAL(stat("/etc/motd", &st), 0);
	CHECK(S_ISREG(st.st_mode) && st.st_size > 0 && st.st_nlink == 1);
	CHECK_EQUAL(st.st_mode & 0222, 0); /* a read-only file system */
	CHECK_EQUAL(fstat(fd, &by_fd), 0);
	CHECK(by_fd.st_ino == st.st_ino && by_fd.st_dev == st.st_dev && by_fd.st_size == st.st_size);
	CHECK_EQUAL(stat("/bin", &st), 0);
	CHECK(S_ISDIR(st.st_mode));
	CHECK_EQUAL(stat("/bin/sh", &st), 0);
	CHECK(S_ISREG(st.st_mode) && (st.st_mode & 0111) == 0111);
	CHECK_EQUAL(stat("/dev/null", &st), 0);
	CHECK(S_ISCHR(st.st_mode));
	CHECK_EQUAL(error_of(stat("/none", &st)), ENOENT);
	CHECK_EQUAL(error_of(stat("", &st)), ENOENT);
	CHECK_EQUAL(error_of(stat("/etc/motd/", &st)), ENOTDIR);
	return 0;
}

static int file_systems_have_numbers_of_their_own(void)
{
	static const char *const roots[] = {"/", "/tmp", "/dev", "/proc"};
	struct stat st[4];

	for (int i = 0; i < 4; i++) {
		CHECK_EQUAL(stat(roots[i], &st[i]), 0);
		for (int k = 0; k < i; k++)
			CHECK(st[i].st_dev != st[k].st_dev);
	}
	CHECK_EQUAL(stat("/tmp/..", &st[1]), 0);
	CHECK(st[1].st_dev == st[0].st_dev && st[1].st_ino == st[0].st_ino);
	return 0;
}

static int symbolic_links_are_followed_unless_asked_about(void)
{
	char target[16], expected[16];
	struct stat st, own;

	snprintf(expected, sizeof expected, "%d", (int)getpid());
	CHECK_EQUAL(lstat("/proc/self", &st), 0);
	CHECK(S_ISLNK(st.st_mode));
	CHECK_EQUAL(stat("/proc/self", &own), 0);
	CHECK(S_ISDIR(own.st_mode));
	CHECK_EQUAL(lstat("/proc/self/", &st), 0); /* the slash follows it */
	CHECK(S_ISDIR(st.st_mode));
	CHECK_EQUAL(readlink("/proc/self", target, sizeof target), (long)strlen(expected));
	CHECK_EQUAL(memcmp(target, expected, strlen(expected)), 0);
	CHECK_EQUAL(readlink("/proc/self", target, 1), 1); /* cut, not ended */
	CHECK_EQUAL(error_of((int)readlink("/etc/motd", target, sizeof target)), EINVAL);
	CHECK_EQUAL(error_of((int)readlink("/none", target, sizeof target)), ENOENT);
	return 0;
}

static int access_answers_for_the_one_user(void)
{
	CHECK_EQUAL(access("/etc/motd", F_OK), 0);
	CHECK_EQUAL(access("/etc/motd", R_OK), 0);
	CHECK_EQUAL(error_of(access("/etc/motd", W_OK)), EROFS);
	CHECK_EQUAL(error_of(access("/etc/motd", X_OK)), EACCES);
	CHECK_EQUAL(access("/bin/sh", R_OK | X_OK), 0);
	CHECK_EQUAL(access("/tmp", R_OK | W_OK | X_OK), 0);
	CHECK_EQUAL(error_of(access("/bin", W_OK)), EROFS);
	CHECK_EQUAL(access("/dev/null", R_OK | W_OK), 0);
	CHECK_EQUAL(error_of(access("/none", F_OK)), ENOENT);
	CHECK_EQUAL(error_of(access("/etc/motd/x", F_OK)), ENOTDIR);
	CHECK_EQUAL(error_of(access("/etc/motd", 64)), EINVAL);
	return 0;
}

static int the_root_file_system_cannot_be_changed(void)
{
	CHECK_EQUAL(error_of(unlink("/etc/motd")), EROFS);
	CHECK_EQUAL(error_of(rename("/etc/motd", "/etc/other")), EROFS);
	CHECK_EQUAL(error_of(mkdir("/etc/new", 0700)), EROFS);
	CHECK_EQUAL(error_of(rmdir("/etc")), EROFS);
	CHECK_EQUAL(error_of(chmod("/etc/motd", 0777)), EROFS);
	CHECK_EQUAL(error_of(mkdir("/etc", 0700)), EEXIST);
	CHECK_EQUAL(error_of(unlink("/etc/none")), ENOENT);
	CHECK_EQUAL(error_of(rmdir("/etc/motd")), ENOTDIR);
	CHECK_EQUAL(error_of(unlink("/etc")), EPERM);
	CHECK_EQUAL(error_of(rmdir("/tmp")), EBUSY);
	CHECK_EQUAL(error_of(rmdir("/")), EBUSY);
	CHECK_EQUAL(error_of(rename("/tmp", "/etc/tmp")), EBUSY);
	CHECK_EQUAL(access("/etc/motd", R_OK), 0);
	return 0;
}

TARGET_CASES(files, CASE(open_says_what_is_wrong), CASE(names_too_long_are_refused),
	     CASE(access_mode_of_a_descriptor_holds), CASE(closed_descriptors_give_ebadf),
	     CASE(lseek_moves_from_start_place_or_end), CASE(the_lowest_free_descriptor_is_taken),
	     CASE(duplicates_share_the_offset), CASE(dup2_replaces_what_was_there),
	     CASE(close_on_exec_belongs_to_the_descriptor), CASE(exec_closes_what_is_marked_and_keeps_the_rest),
	     CASE(only_some_flags_can_be_set_later), CASE(chdir_goes_everywhere_and_getcwd_says_where),
	     CASE(chdir_says_what_is_wrong), CASE(getcwd_needs_room), CASE(fchdir_goes_to_an_open_directory),
	     CASE(relative_names_start_at_the_directory), CASE(every_directory_can_be_read),
	     CASE(directories_are_not_read_as_files), CASE(stat_tells_the_kind),
	     CASE(file_systems_have_numbers_of_their_own), CASE(symbolic_links_are_followed_unless_asked_about),
	     CASE(access_answers_for_the_one_user), CASE(the_root_file_system_cannot_be_changed),
	     HELPER(has_10_but_not_11))
