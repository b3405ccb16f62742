/*
 * Directories: the current one, listings, and what unlink, rmdir and rename do to entries.
 */
#include "fixture.h"

static void the_path_of_the_current_directory(void **state)
{
	char small[6];

	(void)state;
	assert_string_equal(here(), "/");
	assert_int_equal(sys_chdir("bin"), 0);
	assert_string_equal(here(), "/bin");
	assert_int_equal(find("true"), 0);
	assert_int_equal(sys_chdir("../directory"), 0);
	assert_string_equal(here(), "/etc");
	assert_int_equal(sys_chdir("/tmp"), 0);
	assert_string_equal(here(), "/tmp");
	assert_int_equal(sys_mkdir("a", 0777), 0);
	assert_int_equal(sys_mkdir("a/b", 0777), 0);
	assert_int_equal(sys_chdir("a/b"), 0);
	assert_string_equal(here(), "/tmp/a/b");
	assert_int_equal(sys_rename("/tmp/a", "/tmp/c"), 0);
	assert_string_equal(here(), "/tmp/c/b");
	assert_int_equal(sys_getcwd(small, sizeof small), -ERANGE);
	assert_int_equal(sys_getcwd(small, 1), -ERANGE);
	assert_int_equal(sys_getcwd(small, 0), -EINVAL);
	assert_int_equal(sys_rmdir("/tmp/c/b"), 0);
	assert_int_equal(sys_getcwd(small, sizeof small), -ENOENT);
	assert_int_equal(sys_open("x", ABI_O_CREAT | ABI_O_RDWR, 0666), -ENOENT);
	assert_int_equal(sys_mkdir("x", 0777), -ENOENT);
	assert_int_equal(find(".."), -ENOENT);
	assert_int_equal(sys_chdir("/"), 0);
	assert_int_equal(sys_rmdir("/tmp/c"), 0);
	assert_int_equal(sys_chdir("/etc/motd"), -ENOTDIR);
	assert_int_equal(sys_chdir("/dangling"), -ENOENT);
}

static void fchdir_goes_to_an_open_directory(void **state)
{
	int fd = opened("/etc", ABI_O_RDONLY | ABI_O_DIRECTORY), file = opened("/etc/motd", ABI_O_RDONLY);

	(void)state;
	assert_int_equal(sys_fchdir(fd), 0);
	assert_string_equal(here(), "/etc");
	assert_int_equal(sys_fchdir(file), -ENOTDIR);
	assert_int_equal(sys_fchdir(60), -EBADF);
}

static void mount_points_are_busy(void **state)
{
	(void)state;
	assert_int_equal(sys_rmdir("/tmp"), -EBUSY);
	assert_int_equal(sys_rename("/tmp", "/etc/x"), -EBUSY);
	assert_int_equal(sys_mkdir("/tmp/d", 0777), 0);
	assert_int_equal(sys_rename("/tmp/d", "/dev"), -EBUSY);
	assert_int_equal(sys_rmdir("/"), -EBUSY);
	assert_int_equal(sys_rmdir("/tmp/d"), 0);
}

static void unlink_and_rmdir_know_each_other(void **state)
{
	(void)state;
	make_file("/tmp/f", "");
	assert_int_equal(sys_mkdir("/tmp/d/", 0777), 0);
	assert_int_equal(sys_mkdir("/tmp/d", 0777), -EEXIST);
	assert_int_equal(sys_mkdir("/tmp/f", 0777), -EEXIST);
	assert_int_equal(sys_mkdir("/tmp/.", 0777), -EEXIST);
	assert_int_equal(sys_mkdir("/etc/d", 0777), -EROFS);
	assert_int_equal(sys_mkdir("/dev/d", 0777), -EROFS);
	assert_int_equal(sys_unlink("/tmp/d"), -EPERM);
	assert_int_equal(sys_rmdir("/tmp/f"), -ENOTDIR);
	assert_int_equal(sys_unlink("/tmp/f/"), -ENOTDIR);
	assert_int_equal(sys_unlink("/tmp/g"), -ENOENT);
	assert_int_equal(sys_unlink("/etc/motd"), -EROFS);
	assert_int_equal(sys_rmdir("/etc"), -EROFS);
	make_file("/tmp/d/f", "");
	assert_int_equal(sys_rmdir("/tmp/d"), -ENOTEMPTY);
	assert_int_equal(sys_rmdir("/tmp/d/."), -EINVAL);
	assert_int_equal(sys_rmdir("/tmp/d/.."), -ENOTEMPTY);
	assert_int_equal(sys_unlink("/tmp/d/f"), 0);
	assert_int_equal(sys_rmdir("/tmp/d/"), 0);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
}

static void rename_moves_and_replaces(void **state)
{
	(void)state;
	make_file("/tmp/a", "a");
	make_file("/tmp/b", "b");
	assert_int_equal(sys_mkdir("/tmp/d", 0777), 0);
	assert_int_equal(sys_mkdir("/tmp/e", 0777), 0);
	assert_int_equal(sys_rename("/tmp/a", "/tmp/b"), 0);
	assert_int_equal(find("/tmp/a"), -ENOENT);
	assert_string_equal(contents("/tmp/b"), "a");
	assert_int_equal(sys_rename("/tmp/b", "/tmp/b"), 0);
	assert_int_equal(sys_rename("/tmp/b", "/tmp/d"), -EISDIR);
	assert_int_equal(sys_rename("/tmp/d", "/tmp/b"), -ENOTDIR);
	assert_int_equal(sys_rename("/tmp/b", "/tmp/new/"), -ENOTDIR);
	assert_int_equal(sys_rename("/tmp/b", "/tmp/d/c"), 0);
	assert_string_equal(contents("/tmp/d/c"), "a");
	assert_int_equal(sys_rename("/tmp/e", "/tmp/d"), -ENOTEMPTY);
	assert_int_equal(sys_rename("/tmp/d", "/tmp/d/inside"), -EINVAL);
	assert_int_equal(sys_rename("/tmp/d", "/tmp/e/d"), 0);
	assert_int_equal(find("/tmp/e/d/../d/c"), 0);
	assert_int_equal(sys_rename("/tmp/e", "/tmp/e/d/x"), -EINVAL);
	assert_int_equal(sys_rename("/tmp/e/d/c", "/etc/c"), -EXDEV);
	assert_int_equal(sys_rename("/etc/motd", "/tmp/motd"), -EXDEV);
	assert_int_equal(sys_rename("/etc/motd", "/etc/modt"), -EROFS);
	assert_int_equal(sys_rename("/tmp/none", "/tmp/x"), -ENOENT);
	assert_int_equal(sys_rename("/tmp/e/d/c", "/tmp/none/x"), -ENOENT);
	assert_int_equal(sys_rename("/tmp/e/d/.", "/tmp/x"), -EINVAL);
	assert_int_equal(sys_unlink("/tmp/e/d/c"), 0);
	assert_int_equal(sys_rmdir("/tmp/e/d"), 0);
	assert_int_equal(sys_rmdir("/tmp/e"), 0);
}

/* Reads a directory in pieces of `size` bytes into a list of "name " and checks the entries' form. */
static const char *listing(const char *path, size_t size)
{
	static char text[2048];
	_Alignas(8) char buf[512];
	int fd = opened(path, ABI_O_RDONLY);
	long got;

	text[0] = '\0';
	while ((got = sys_getdents(fd, buf, size)) > 0) {
		for (long at = 0; at < got;) {
			struct abi_dirent *entry = (struct abi_dirent *)(buf + at);

			assert_int_equal(entry->d_reclen % 4, 0);
			assert_true(entry->d_ino != 0);
			strcat(strcat(text, entry->d_name), " ");
			at += entry->d_reclen;
		}
	}
	assert_int_equal(got, 0);
	sys_close(fd);
	return text;
}

static void directories_list_their_entries(void **state)
{
	char tiny[8];

	(void)state;
	assert_string_equal(listing("/bin", 512), ". .. true tree hard up ");
	assert_string_equal(listing("/bin", 16), ". .. true tree hard up ");
	assert_string_equal(listing("/dev", 24), ". .. console full hostio kmsg null ptmx pts random tty urandom zero ");
	assert_string_equal(listing("/tmp", 512), ". .. ");
	make_file("/tmp/one", "");
	make_file("/tmp/another", "");
	assert_string_equal(listing("/tmp", 24), ". .. one another ");
	assert_int_equal(sys_unlink("/tmp/one"), 0);
	assert_int_equal(sys_unlink("/tmp/another"), 0);
	assert_int_equal(sys_getdents(opened("/bin", ABI_O_RDONLY), tiny, sizeof tiny), -EINVAL);
	assert_int_equal(sys_getdents(opened("/etc/motd", ABI_O_RDONLY), tiny, sizeof tiny), -ENOTDIR);
}

static void listing_survives_removal(void **state)
{
	_Alignas(8) char buf[16];
	char name[32];
	int fd, removed = 0;

	(void)state;
	for (int i = 0; i < 10; i++) {
		sprintf(name, "/tmp/%d", i);
		make_file(name, "");
	}
	fd = opened("/tmp", ABI_O_RDONLY);
	while (sys_getdents(fd, buf, sizeof buf) > 0) {
		struct abi_dirent *entry = (struct abi_dirent *)buf;

		if (entry->d_name[0] == '.')
			continue;
		sprintf(name, "/tmp/%s", entry->d_name);
		assert_int_equal(sys_unlink(name), 0);
		removed++;
	}
	assert_int_equal(removed, 10);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(directories, the_path_of_the_current_directory),
		TEST(directories, fchdir_goes_to_an_open_directory),
		TEST(directories, mount_points_are_busy),
		TEST(directories, unlink_and_rmdir_know_each_other),
		TEST(directories, rename_moves_and_replaces),
		TEST(directories, directories_list_their_entries),
		TEST(directories, listing_survives_removal),
	};

	return cmocka_run_group_tests_name("unit.directories", tests, fixture_setup, fixture_teardown);
}
