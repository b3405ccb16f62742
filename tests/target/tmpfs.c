/*
 * tmpfs: contents, sizes, names; a file lives while somebody names or holds it.
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

/* Whether the file holds exactly the text. */
static int file_is(const char *path, const char *text)
{
	char bytes[64];
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);

	close(fd);
	return n == (ssize_t)strlen(text) && memcmp(bytes, text, (size_t)n) == 0;
}

static long size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (long)st.st_size : -1;
}

static int creat_exclusive_makes_but_never_takes(void)
{
	int fd = open("/tmp/a", O_RDWR | O_CREAT | O_EXCL, 0600);

	CHECK(fd >= 0);
	CHECK_EQUAL(error_of(open("/tmp/a", O_RDWR | O_CREAT | O_EXCL, 0600)), EEXIST);
	close(fd);
	CHECK_EQUAL(unlink("/tmp/a"), 0);
	return 0;
}

static int truncation_empties_an_old_file(void)
{
	int fd;

	CHECK_EQUAL(file_make("/tmp/a", "old text", 0644), 0);
	fd = open("/tmp/a", O_WRONLY); /* without O_TRUNC the rest stays */
	CHECK_EQUAL(write(fd, "new", 3), 3);
	close(fd);
	CHECK(file_is("/tmp/a", "new text"));
	fd = open("/tmp/a", O_WRONLY | O_TRUNC);
	CHECK_EQUAL(write(fd, "x", 1), 1);
	close(fd);
	CHECK(file_is("/tmp/a", "x"));
	CHECK_EQUAL(unlink("/tmp/a"), 0);
	return 0;
}

static int appending_writes_go_to_the_end(void)
{
	int first, second;

	CHECK_EQUAL(file_make("/tmp/a", "1", 0644), 0);
	first = open("/tmp/a", O_WRONLY | O_APPEND);
	second = open("/tmp/a", O_WRONLY | O_APPEND);
	CHECK_EQUAL(write(first, "22", 2), 2);
	CHECK_EQUAL(write(second, "333", 3), 3);
	CHECK_EQUAL(lseek(first, 0, SEEK_SET), 0);
	CHECK_EQUAL(write(first, "4", 1), 1);
	CHECK_EQUAL(lseek(first, 0, SEEK_CUR), 7);
	CHECK(file_is("/tmp/a", "1223334"));
	close(first);
	close(second);
	CHECK_EQUAL(unlink("/tmp/a"), 0);
	return 0;
}

static int holes_read_as_zeros_and_take_no_memory(void)
{
	char bytes[16];
	long before = target_free_memory();
	int fd = open("/tmp/a", O_RDWR | O_CREAT, 0600);

	CHECK_EQUAL(lseek(fd, 200000, SEEK_SET), 200000);
	CHECK_EQUAL(size_of("/tmp/a"), 0);
	CHECK_EQUAL(write(fd, "end", 3), 3);
	CHECK_EQUAL(size_of("/tmp/a"), 200003);
	CHECK_EQUAL(lseek(fd, 100000, SEEK_SET), 100000);
	memset(bytes, 'x', sizeof bytes);
	CHECK_EQUAL(read(fd, bytes, sizeof bytes), sizeof bytes);
	for (unsigned i = 0; i < sizeof bytes; i++)
		CHECK_EQUAL(bytes[i], 0);
	CHECK(before - target_free_memory() < 100000);
	close(fd);
	CHECK_EQUAL(unlink("/tmp/a"), 0);
	return 0;
}

static int ftruncate_cuts_and_lengthens(void)
{
	char bytes[8];
	int fd = open("/tmp/a", O_RDWR | O_CREAT, 0600);

	CHECK_EQUAL(write(fd, "12345678", 8), 8);
	CHECK_EQUAL(ftruncate(fd, 3), 0);
	CHECK_EQUAL(lseek(fd, 0, SEEK_CUR), 8); /* the offset stays */
	CHECK(file_is("/tmp/a", "123"));
	CHECK_EQUAL(ftruncate(fd, 6), 0);
	CHECK_EQUAL(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQUAL(read(fd, bytes, sizeof bytes), 6);
	CHECK_EQUAL(memcmp(bytes, "123\0\0\0", 6), 0); /* what was cut does not come back */
	CHECK_EQUAL(error_of(ftruncate(fd, -1)), EINVAL);
	CHECK_EQUAL(truncate("/tmp/a", 1), 0);
	CHECK(file_is("/tmp/a", "1"));
	close(fd);
	CHECK_EQUAL(unlink("/tmp/a"), 0);
	return 0;
}

static int a_large_file_keeps_every_byte(void)
{
	static unsigned char part[5000];
	int fd = open("/tmp/a", O_RDWR | O_CREAT, 0600);

	for (unsigned n = 0; n < 40; n++) {
		for (unsigned i = 0; i < sizeof part; i++)
			part[i] = (unsigned char)((n * sizeof part + i) % 251);
		CHECK_EQUAL(write(fd, part, sizeof part), sizeof part);
	}
	CHECK_EQUAL(lseek(fd, 0, SEEK_SET), 0);
	for (unsigned n = 0; n < 40; n++) {
		CHECK_EQUAL(read(fd, part, sizeof part), sizeof part);
		for (unsigned i = 0; i < sizeof part; i++)
			CHECK_EQUAL(part[i], (n * sizeof part + i) % 251);
	}
	CHECK_EQUAL(read(fd, part, sizeof part), 0);
	close(fd);
	CHECK_EQUAL(unlink("/tmp/a"), 0);
	return 0;
}

static int a_full_memory_gives_enospc_and_comes_back(void)
{
	static char part[65536];
	long before = target_free_memory(), done = 0;
	int fd = open("/tmp/a", O_WRONLY | O_CREAT, 0600);
	ssize_t n;

	while ((n = write(fd, part, sizeof part)) > 0)
		done += n;
	CHECK_EQUAL(n, -1);
	CHECK_EQUAL(errno, ENOSPC);
	CHECK_EQUAL(size_of("/tmp/a"), done);
	CHECK(done > before / 2);
	close(fd);
	CHECK_EQUAL(unlink("/tmp/a"), 0);
	CHECK_EQUAL(target_free_memory(), before);
	return 0;
}

static int an_open_file_outlives_its_name(void)
{
	struct stat st;
	char bytes[4];
	long before = target_free_memory();
	int fd = open("/tmp/a", O_RDWR | O_CREAT, 0600);

	CHECK_EQUAL(write(fd, "1234", 4), 4);
	CHECK_EQUAL(unlink("/tmp/a"), 0);
	CHECK_EQUAL(size_of("/tmp/a"), -1);
	CHECK_EQUAL(fstat(fd, &st), 0);
	CHECK_EQUAL(st.st_nlink, 0);
	CHECK_EQUAL(st.st_size, 4);
	CHECK_EQUAL(write(fd, "5", 1), 1);
	CHECK_EQUAL(lseek(fd, 1, SEEK_SET), 1);
	CHECK_EQUAL(read(fd, bytes, 4), 4);
	CHECK_EQUAL(memcmp(bytes, "2345", 4), 0);
	CHECK_EQUAL(file_make("/tmp/a", "another", 0644), 0);
	CHECK_EQUAL(lseek(fd, 0, SEEK_END), 5);
	CHECK_EQUAL(unlink("/tmp/a"), 0);
	close(fd);
	CHECK_EQUAL(target_free_memory(), before);
	return 0;
}

static int rename_moves_and_replaces(void)
{
	char bytes[3];
	int old;

	CHECK_EQUAL(file_make("/tmp/a", "aaa", 0644), 0);
	CHECK_EQUAL(rename("/tmp/a", "/tmp/b"), 0);
	CHECK_EQUAL(size_of("/tmp/a"), -1);
	CHECK(file_is("/tmp/b", "aaa"));
	CHECK_EQUAL(file_make("/tmp/c", "ccc", 0644), 0);
	old = open("/tmp/c", O_RDONLY);
	CHECK_EQUAL(rename("/tmp/b", "/tmp/c"), 0);
	CHECK_EQUAL(size_of("/tmp/b"), -1);
	CHECK(file_is("/tmp/c", "aaa"));
	CHECK_EQUAL(read(old, bytes, 3), 3);
	CHECK_EQUAL(memcmp(bytes, "ccc", 3), 0); /* who has the old one open still reads it */
	CHECK_EQUAL(rename("/tmp/c", "/tmp/c"), 0);
	CHECK(file_is("/tmp/c", "aaa"));
	close(old);
	CHECK_EQUAL(unlink("/tmp/c"), 0);
	return 0;
}

static int rename_says_what_is_wrong(void)
{
	CHECK_EQUAL(file_make("/tmp/f", "f", 0644), 0);
	CHECK_EQUAL(mkdir("/tmp/d", 0700), 0);
	CHECK_EQUAL(mkdir("/tmp/d/e", 0700), 0);
	CHECK_EQUAL(mkdir("/tmp/g", 0700), 0);
	CHECK_EQUAL(error_of(rename("/tmp/none", "/tmp/x")), ENOENT);
	CHECK_EQUAL(error_of(rename("/tmp/f", "/tmp/none/x")), ENOENT);
	CHECK_EQUAL(error_of(rename("/tmp/f", "/tmp/d")), EISDIR);
	CHECK_EQUAL(error_of(rename("/tmp/d", "/tmp/f")), ENOTDIR);
	CHECK_EQUAL(error_of(rename("/tmp/f", "/tmp/f/x")), ENOTDIR);
	CHECK_EQUAL(error_of(rename("/tmp/f/", "/tmp/x")), ENOTDIR);
	CHECK_EQUAL(error_of(rename("/tmp/g", "/tmp/d")), ENOTEMPTY);
	CHECK_EQUAL(error_of(rename("/tmp/d", "/tmp/d/x")), EINVAL);
	CHECK_EQUAL(error_of(rename("/tmp/d", "/tmp/d/e/x")), EINVAL);
	CHECK_EQUAL(error_of(rename("/tmp/d/.", "/tmp/x")), EINVAL);
	CHECK_EQUAL(error_of(rename("/tmp/f", "/etc/f")), EXDEV);
	CHECK_EQUAL(error_of(rename("/etc/motd", "/tmp/motd")), EXDEV);
	CHECK_EQUAL(error_of(rename("/tmp/f", "/tmp/d/..")), EINVAL);
	CHECK(file_is("/tmp/f", "f"));
	CHECK_EQUAL(unlink("/tmp/f") | rmdir("/tmp/d/e") | rmdir("/tmp/d") | rmdir("/tmp/g"), 0);
	return 0;
}

static int directories_move_with_what_they_hold(void)
{
	struct stat before, after;

	CHECK_EQUAL(mkdir("/tmp/d", 0700), 0);
	CHECK_EQUAL(mkdir("/tmp/d/e", 0700), 0);
	CHECK_EQUAL(mkdir("/tmp/g", 0700), 0);
	CHECK_EQUAL(file_make("/tmp/d/e/f", "f", 0644), 0);
	CHECK_EQUAL(rename("/tmp/d/e", "/tmp/g/moved"), 0);
	CHECK(file_is("/tmp/g/moved/f", "f"));
	CHECK_EQUAL(stat("/tmp/g", &before), 0);
	CHECK_EQUAL(stat("/tmp/g/moved/..", &after), 0);
	CHECK_EQUAL(after.st_ino, before.st_ino);
	CHECK_EQUAL(before.st_nlink, 3);
	CHECK_EQUAL(rename("/tmp/g", "/tmp/d"), 0); /* an empty directory gives way */
	CHECK(file_is("/tmp/d/moved/f", "f"));
	CHECK_EQUAL(unlink("/tmp/d/moved/f") | rmdir("/tmp/d/moved") | rmdir("/tmp/d"), 0);
	return 0;
}

static int directories_are_made_and_removed(void)
{
	struct stat st;

	CHECK_EQUAL(mkdir("/tmp/d/", 0755), 0);
	CHECK_EQUAL(error_of(mkdir("/tmp/d", 0755)), EEXIST);
	CHECK_EQUAL(error_of(mkdir("/tmp/none/d", 0755)), ENOENT);
	CHECK_EQUAL(error_of(unlink("/tmp/d")), EPERM);
	CHECK_EQUAL(file_make("/tmp/d/f", "", 0644), 0);
	CHECK_EQUAL(error_of(rmdir("/tmp/d")), ENOTEMPTY);
	CHECK_EQUAL(error_of(rmdir("/tmp/d/f")), ENOTDIR);
	CHECK_EQUAL(error_of(rmdir("/tmp/d/.")), EINVAL);
	CHECK_EQUAL(error_of(mkdir("/tmp/d/f", 0755)), EEXIST);
	CHECK_EQUAL(stat("/tmp/d", &st), 0);
	CHECK_EQUAL(st.st_nlink, 2);
	CHECK_EQUAL(unlink("/tmp/d/f"), 0);
	CHECK_EQUAL(error_of(unlink("/tmp/d/f")), ENOENT);
	CHECK_EQUAL(rmdir("/tmp/d"), 0);
	CHECK_EQUAL(error_of(rmdir("/tmp/d")), ENOENT);
	return 0;
}

static int a_removed_directory_is_empty_and_stays_so(void)
{
	char cwd[64];
	DIR *dir;

	CHECK_EQUAL(mkdir("/tmp/d", 0755), 0);
	CHECK_EQUAL(chdir("/tmp/d"), 0);
	CHECK_EQUAL(rmdir("/tmp/d"), 0);
	CHECK_EQUAL(error_of(open("f", O_WRONLY | O_CREAT, 0600)), ENOENT);
	CHECK_EQUAL(error_of(mkdir("e", 0700)), ENOENT);
	CHECK_EQUAL(error_of(chdir("..")), ENOENT);
	CHECK(getcwd(cwd, sizeof cwd) == NULL);
	CHECK_EQUAL(errno, ENOENT);
	CHECK((dir = opendir(".")));
	while (readdir(dir))
		;
	closedir(dir);
	CHECK_EQUAL(chdir("/"), 0);
	return 0;
}

static int the_working_directory_follows_a_rename(void)
{
	char cwd[64];

	CHECK_EQUAL(mkdir("/tmp/d", 0755), 0);
	CHECK_EQUAL(chdir("/tmp/d"), 0);
	CHECK_EQUAL(rename("/tmp/d", "/tmp/e"), 0);
	CHECK(getcwd(cwd, sizeof cwd) && strcmp(cwd, "/tmp/e") == 0);
	CHECK_EQUAL(chdir(".."), 0);
	CHECK_EQUAL(rmdir("e"), 0);
	return 0;
}

static int umask_takes_bits_away(void)
{
	struct stat st;
	mode_t old = umask(027);

	close(open("/tmp/a", O_WRONLY | O_CREAT, 0666));
	CHECK_EQUAL(mkdir("/tmp/d", 0777), 0);
	CHECK_EQUAL(stat("/tmp/a", &st), 0);
	CHECK_EQUAL(st.st_mode, S_IFREG | 0640);
	CHECK_EQUAL(stat("/tmp/d", &st), 0);
	CHECK_EQUAL(st.st_mode, S_IFDIR | 0750);
	CHECK_EQUAL(umask(old), 027);
	CHECK_EQUAL(unlink("/tmp/a") | rmdir("/tmp/d"), 0);
	return 0;
}

static int chmod_sets_the_mode(void)
{
	struct stat st;

	CHECK_EQUAL(file_make("/tmp/a", "", 0644), 0);
	CHECK_EQUAL(chmod("/tmp/a", 0751), 0);
	CHECK_EQUAL(stat("/tmp/a", &st), 0);
	CHECK_EQUAL(st.st_mode, S_IFREG | 0751);
	CHECK_EQUAL(access("/tmp/a", X_OK), 0);
	CHECK_EQUAL(chmod("/tmp/a", 0600), 0);
	CHECK_EQUAL(error_of(access("/tmp/a", X_OK)), EACCES);
	CHECK_EQUAL(error_of(chmod("/tmp/none", 0600)), ENOENT);
	CHECK_EQUAL(unlink("/tmp/a"), 0);
	return 0;
}

static int times_are_of_the_last_change(void)
{
	struct stat st;
	time_t now = time(NULL);

	CHECK_EQUAL(file_make("/tmp/a", "x", 0644), 0);
	CHECK_EQUAL(stat("/tmp/a", &st), 0);
	CHECK(st.st_mtime >= now - 1 && st.st_mtime <= time(NULL) + 1);
	CHECK_EQUAL(unlink("/tmp/a"), 0);
	return 0;
}

/* Many names; some go while the directory is read: what stays is told once each. */
static int a_directory_can_be_read_while_it_changes(void)
{
	char path[32];
	int told = 0;
	struct dirent *entry;
	DIR *dir;

	CHECK_EQUAL(mkdir("/tmp/d", 0755), 0);
	for (int i = 0; i < 100; i++) {
		snprintf(path, sizeof path, "/tmp/d/name-%d", i);
		CHECK_EQUAL(file_make(path, "", 0644), 0);
	}
	CHECK((dir = opendir("/tmp/d")));
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		told++;
		snprintf(path, sizeof path, "/tmp/d/%.20s", entry->d_name);
		CHECK_EQUAL(unlink(path), 0);
	}
	closedir(dir);
	CHECK_EQUAL(told, 100);
	CHECK_EQUAL(rmdir("/tmp/d"), 0);
	return 0;
}

TARGET_CASES(tmpfs, CASE(creat_exclusive_makes_but_never_takes), CASE(truncation_empties_an_old_file),
	     CASE(appending_writes_go_to_the_end), CASE(holes_read_as_zeros_and_take_no_memory),
	     CASE(ftruncate_cuts_and_lengthens), CASE(a_large_file_keeps_every_byte),
	     CASE(a_full_memory_gives_enospc_and_comes_back), CASE(an_open_file_outlives_its_name),
	     CASE(rename_moves_and_replaces), CASE(rename_says_what_is_wrong),
	     CASE(directories_move_with_what_they_hold), CASE(directories_are_made_and_removed),
	     CASE(a_removed_directory_is_empty_and_stays_so), CASE(the_working_directory_follows_a_rename),
	     CASE(umask_takes_bits_away), CASE(chmod_sets_the_mode), CASE(times_are_of_the_last_change),
	     CASE(a_directory_can_be_read_while_it_changes))
