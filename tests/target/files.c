/*
 * Files by name, in whatever file system: open, stat, links, access, and one that cannot be changed.
 */
#include "files.h"
#include "harness.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

TARGET_CASES(files, CASE(open_says_what_is_wrong), CASE(names_too_long_are_refused), CASE(stat_tells_the_kind),
	     CASE(file_systems_have_numbers_of_their_own), CASE(symbolic_links_are_followed_unless_asked_about),
	     CASE(access_answers_for_the_one_user), CASE(the_root_file_system_cannot_be_changed))
