/*
 * open: its flags, creation, the access mode, the umask; and what access() says of it.
 */
#include "fixture.h"

static void open_checks_its_flags(void **state)
{
	(void)state;
	assert_int_equal(sys_open("/etc/motd", ABI_O_WRONLY, 0), -EROFS);
	assert_int_equal(sys_open("/etc/new", ABI_O_WRONLY | ABI_O_CREAT, 0666), -EROFS);
	assert_int_equal(sys_open("/etc/motd", ABI_O_RDONLY | ABI_O_CREAT | ABI_O_EXCL, 0666), -EEXIST);
	assert_int_equal(sys_open("/dangling", ABI_O_RDWR | ABI_O_CREAT | ABI_O_EXCL, 0666), -EEXIST);
	assert_int_equal(sys_open("/relative", ABI_O_RDONLY | ABI_O_NOFOLLOW, 0), -ELOOP);
	assert_int_equal(sys_open("/etc/motd", ABI_O_RDONLY | ABI_O_DIRECTORY, 0), -ENOTDIR);
	assert_int_equal(sys_open("/etc", ABI_O_RDWR, 0), -EISDIR);
	assert_int_equal(sys_open("/etc", ABI_O_RDONLY | ABI_O_CREAT, 0666), -EISDIR);
	assert_int_equal(sys_open("/tmp/new/", ABI_O_RDWR | ABI_O_CREAT, 0666), -EISDIR);
	assert_int_equal(sys_open("/etc/motd", ABI_O_ACCMODE, 0), -EINVAL);
	assert_int_equal(sys_open("/nowhere", ABI_O_RDWR | ABI_O_CREAT, 0666), -ENOENT);
	assert_int_equal(sys_open("/tmp/..", ABI_O_RDWR | ABI_O_CREAT, 0666), -EISDIR);
	assert_int_equal(process.files.top, 0);
}

static void open_creates_through_a_dangling_link(void **state)
{
	(void)state;
	assert_int_equal(sys_close(opened("/dangling", ABI_O_WRONLY | ABI_O_CREAT)), 0);
	assert_int_equal(find("/tmp/made-by-link"), 0);
	assert_int_equal(sys_unlink("/tmp/made-by-link"), 0);
}

static void open_truncates_and_appends(void **state)
{
	int fd;

	(void)state;
	make_file("/tmp/f", "old contents");
	make_file("/tmp/f", "new");
	assert_string_equal(contents("/tmp/f"), "new");
	fd = opened("/tmp/f", ABI_O_WRONLY | ABI_O_APPEND);
	assert_int_equal(sys_write(fd, "er", 2), 2);
	assert_int_equal(sys_lseek(fd, 0, ABI_SEEK_SET), 0);
	assert_int_equal(sys_write(fd, "!", 1), 1);
	assert_string_equal(contents("/tmp/f"), "newer!");
	assert_int_equal(sys_lseek(fd, 0, ABI_SEEK_CUR), 6);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
}

static void the_access_mode_is_kept(void **state)
{
	char byte;
	int reader, writer;

	(void)state;
	make_file("/tmp/f", "x");
	reader = opened("/tmp/f", ABI_O_RDONLY);
	writer = opened("/tmp/f", ABI_O_WRONLY);
	assert_int_equal(sys_write(reader, "y", 1), -EBADF);
	assert_int_equal(sys_read(writer, &byte, 1), -EBADF);
	assert_int_equal(sys_ftruncate(reader, 0), -EINVAL);
	assert_int_equal(sys_ftruncate(writer, -1), -EINVAL);
	assert_int_equal(sys_ftruncate(writer, 5), 0);
	assert_int_equal(sys_lseek(writer, 0, ABI_SEEK_END), 5);
	assert_int_equal(sys_lseek(writer, -6, ABI_SEEK_END), -EINVAL);
	assert_int_equal(sys_lseek(writer, 1, 9), -EINVAL);
	assert_int_equal(sys_lseek(writer, INTPTR_MAX - 5, ABI_SEEK_CUR), INTPTR_MAX);
	assert_int_equal(sys_lseek(writer, 1, ABI_SEEK_CUR), -EOVERFLOW);
	assert_int_equal(sys_read(opened("/etc", ABI_O_RDONLY), &byte, 1), -EISDIR);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
}

static void the_umask_takes_bits_away(void **state)
{
	struct abi_stat st;

	(void)state;
	assert_int_equal(sys_umask(027), 022);
	make_file("/tmp/f", "");
	assert_int_equal(sys_mkdir("/tmp/d", 0777), 0);
	assert_int_equal(sys_stat("/tmp/f", &st), 0);
	assert_int_equal(st.st_mode, ABI_S_IFREG | 0640);
	assert_int_equal(sys_stat("/tmp/d", &st), 0);
	assert_int_equal(st.st_mode, ABI_S_IFDIR | 0750);
	assert_int_equal(st.st_nlink, 2);
	assert_int_equal(sys_chmod("/tmp/f", 0755), 0);
	assert_int_equal(sys_stat("/tmp/f", &st), 0);
	assert_int_equal(st.st_mode, ABI_S_IFREG | 0755);
	assert_int_equal(sys_chmod("/etc/motd", 0755), -EROFS);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
	assert_int_equal(sys_rmdir("/tmp/d"), 0);
	assert_int_equal(sys_umask(022), 027);
}

static void access_says_what_would_work(void **state)
{
	(void)state;
	make_file("/tmp/f", "");
	assert_int_equal(sys_access("/etc/motd", ABI_R_OK), 0);
	assert_int_equal(sys_access("/etc/motd", ABI_W_OK), -EROFS);
	assert_int_equal(sys_access("/etc", ABI_W_OK), -EROFS);
	assert_int_equal(sys_access("/etc", ABI_X_OK), 0);
	assert_int_equal(sys_access("/etc/motd", ABI_X_OK), -EACCES);
	assert_int_equal(sys_access("/bin/true", ABI_R_OK | ABI_X_OK), 0);
	assert_int_equal(sys_access("/tmp/f", ABI_R_OK | ABI_W_OK), 0);
	assert_int_equal(sys_access("/tmp", ABI_W_OK), 0);
	assert_int_equal(sys_access("/dev/null", ABI_W_OK), 0);
	assert_int_equal(sys_access("/tmp/g", ABI_F_OK), -ENOENT);
	assert_int_equal(sys_access("/tmp/f", 8), -EINVAL);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
}

static void exec_wants_an_executable_file(void **state)
{
	struct node node;
	size_t size;
	char text[4];

	(void)state;
	assert_int_equal(vfs_open_exec("/bin/true", &node), 0);
	assert_memory_equal(vfs_direct(node, &size), true_text, sizeof true_text);
	assert_int_equal(size, sizeof true_text);
	assert_int_equal((uintptr_t)vfs_direct(node, &size) & 15, (uintptr_t)image.bytes & 15);
	assert_int_equal(vfs_read_exec(node, 4, text, 4), 4);
	assert_memory_equal(text, true_text + 4, 4);
	assert_int_equal(vfs_open_exec("/bin/tree", &node), -EACCES);
	assert_int_equal(vfs_open_exec("/bin", &node), -EACCES);
	assert_int_equal(vfs_open_exec("/dev/null", &node), -EACCES);
	assert_int_equal(vfs_open_exec("/bin/none", &node), -ENOENT);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(open, open_checks_its_flags),
		TEST(open, open_creates_through_a_dangling_link),
		TEST(open, open_truncates_and_appends),
		TEST(open, the_access_mode_is_kept),
		TEST(open, the_umask_takes_bits_away),
		TEST(open, access_says_what_would_work),
		TEST(open, exec_wants_an_executable_file),
	};

	return cmocka_run_group_tests_name("unit.open", tests, fixture_setup, fixture_teardown);
}
