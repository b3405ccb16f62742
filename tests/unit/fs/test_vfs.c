/*
 * The walk along a path: names, dots and slashes, links; and each allocation on the way failing once.
 */
#include "fixture.h"

static void finds_files_and_directories(void **state)
{
	(void)state;
	assert_int_equal(find("/"), 0);
	assert_int_equal(find("///"), 0);
	assert_int_equal(find("/bin/true"), 0);
	assert_int_equal(find("//bin//true"), 0);
	assert_int_equal(find("bin/true"), 0);
	assert_int_equal(find("/bin/hard"), 0);
	assert_int_equal(find("/etc/true"), -ENOENT);
	assert_int_equal(find("/etc/motd"), 0);
	assert_int_equal(find("/bin/motd"), -ENOENT);
	assert_int_equal(find("/etc/" LONG_NAME), 0);
	assert_int_equal(find("/bin/tru"), -ENOENT);
	assert_int_equal(find("/bin/truey"), -ENOENT);
	assert_int_equal(find(""), -ENOENT);
	assert_int_equal(find("/bin/true/x"), -ENOTDIR);
	assert_int_equal(find("/dev/null/x"), -ENOTDIR);
	assert_int_equal(find("/no/such"), -ENOENT);
}

static void treats_dots_and_slashes(void **state)
{
	(void)state;
	assert_int_equal(find("/./bin/.././bin/true"), 0);
	assert_int_equal(find("/../../bin/true"), 0);
	assert_int_equal(find("/tmp/../bin/true"), 0);
	assert_int_equal(find("/proc/7/../../dev/null"), -ENOENT); /* the fixture's process is in no table */
	assert_int_equal(find("/proc/../dev/../dev/null"), 0);
	assert_int_equal(find("/bin/"), 0);
	assert_int_equal(find("/bin/."), 0);
	assert_int_equal(find("/bin/true/"), -ENOTDIR);
	assert_int_equal(find("/bin/true/."), -ENOTDIR);
	assert_int_equal(find("/bin/true/.."), -ENOTDIR);
}

static void refuses_long_names(void **state)
{
	(void)state;
	assert_int_equal(find("/etc/" LONG_NAME "z"), -ENAMETOOLONG);
	assert_int_equal(find("/" LONG_NAME "z/x"), -ENAMETOOLONG);
}

static void follows_links(void **state)
{
	struct node direct, linked;

	(void)state;
	assert_int_equal(vfs_lookup("/etc/motd", true, &direct), 0);
	assert_int_equal(vfs_lookup("/relative", true, &linked), 0);
	assert_true(vfs_same(direct, linked));
	assert_int_equal(vfs_lookup("/absolute", true, &linked), 0);
	assert_true(vfs_same(direct, linked));
	assert_int_equal(vfs_lookup("/directory/motd", true, &linked), 0);
	assert_true(vfs_same(direct, linked));
	assert_int_equal(vfs_lookup("/slashed/motd", true, &linked), 0);
	assert_true(vfs_same(direct, linked));
	assert_int_equal(vfs_lookup("/second/motd", true, &linked), 0);
	assert_true(vfs_same(direct, linked));
	assert_int_equal(vfs_lookup("/bin/up", true, &linked), 0);
	assert_true(vfs_same(direct, linked));
	assert_int_equal(vfs_lookup("/relative", false, &linked), 0);
	assert_false(vfs_same(direct, linked));
	assert_int_equal(find("/relative/"), -ENOTDIR);
	assert_int_equal(find("/directory/"), 0);
	assert_int_equal(find("/loop"), -ELOOP);
	assert_int_equal(find("/loop/x"), -ELOOP);
	assert_int_equal(find("/dangling"), -ENOENT);
	assert_int_equal(find("/chain8"), 0);
	assert_int_equal(find("/chain9"), -ELOOP);
}

static void a_slash_follows_a_link_at_the_end(void **state)
{
	struct abi_stat st;

	(void)state;
	assert_int_equal(sys_lstat("/directory", &st), 0);
	assert_int_equal(st.st_mode & ABI_S_IFMT, ABI_S_IFLNK);
	assert_int_equal(st.st_size, 3);
	assert_int_equal(sys_lstat("/directory/", &st), 0);
	assert_int_equal(st.st_mode & ABI_S_IFMT, ABI_S_IFDIR);
}

static void readlink_gives_the_text(void **state)
{
	char text[32];

	(void)state;
	assert_int_equal(sys_readlink("/relative", text, sizeof text), 8);
	assert_memory_equal(text, "etc/motd", 8);
	assert_int_equal(sys_readlink("/relative", text, 3), 3);
	assert_int_equal(sys_readlink("/etc", text, 3), -EINVAL);
	assert_int_equal(sys_readlink("/proc/self", text, sizeof text), 1);
	assert_int_equal(text[0], '7');
}

static void stat_tells_device_and_inode(void **state)
{
	struct abi_stat a, b;

	(void)state;
	assert_int_equal(sys_stat("/bin/true", &a), 0);
	assert_int_equal(sys_stat("/bin/hard", &b), 0);
	assert_int_equal(a.st_ino, b.st_ino);
	assert_int_equal(a.st_size, sizeof true_text);
	assert_int_equal(a.st_mode, ABI_S_IFREG | 0555);
	assert_int_equal(sys_stat("/tmp", &b), 0);
	assert_int_not_equal(a.st_dev, b.st_dev);
	make_file("/tmp/f", "");
	assert_int_equal(sys_stat("/tmp/f", &b), 0);
	assert_true(b.st_mtim.tv_sec >= 1600000000);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
	assert_int_equal(sys_fstat(opened("/dev/null", ABI_O_RDWR), &b), 0);
	assert_int_equal(b.st_mode, ABI_S_IFCHR | 0666);
}

/* Each path of calls with the n-th allocation failing, for all n: the error is the right one and nothing leaks
 * (fixture_after). */
static void allocation_failures_leave_nothing_behind(void **state)
{
	int fds[2], fd;

	(void)state;
	for (unsigned n = 1;; n++) {
		mem_fail_nth(n);
		fd = (int)sys_open("/tmp/f", ABI_O_WRONLY | ABI_O_CREAT, 0666);
		mem_fail_nth(0);
		if (fd >= 0)
			break;
		assert_true(fd == -ENOMEM || fd == -ENOSPC);
		assert_int_equal(find("/tmp/f"), -ENOENT);
		assert_int_equal(process.files.top, 0);
	}
	for (unsigned n = 1;; n++) {
		long done;

		mem_fail_nth(n);
		done = sys_write(fd, true_text, 10);
		mem_fail_nth(0);
		if (done == 10)
			break;
		assert_int_equal(done, -ENOSPC);
	}
	for (unsigned n = 1;; n++) {
		int error;

		mem_fail_nth(n);
		error = (int)sys_pipe2(fds, 0);
		mem_fail_nth(0);
		if (!error)
			break;
		assert_int_equal(error, -ENOMEM);
		assert_int_equal(process.files.top, 1);
	}
	for (unsigned n = 1;; n++) {
		int error;

		mem_fail_nth(n);
		error = (int)sys_mkdir("/tmp/d", 0777);
		mem_fail_nth(0);
		if (!error)
			break;
		assert_int_equal(error, -ENOSPC);
		assert_int_equal(find("/tmp/d"), -ENOENT);
	}
	mem_fail_nth(1);
	assert_int_equal(sys_rename("/tmp/f", "/tmp/g"), -ENOSPC);
	assert_int_equal(find("/tmp/f"), 0);
	mem_fail_nth(1);
	assert_int_equal(sys_chdir("/tmp/d"), -ENOMEM);
	assert_string_equal(here(), "/");
	assert_int_equal(sys_rmdir("/tmp/d"), 0);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(vfs, finds_files_and_directories),
		TEST(vfs, treats_dots_and_slashes),
		TEST(vfs, refuses_long_names),
		TEST(vfs, follows_links),
		TEST(vfs, a_slash_follows_a_link_at_the_end),
		TEST(vfs, readlink_gives_the_text),
		TEST(vfs, stat_tells_device_and_inode),
		TEST(vfs, allocation_failures_leave_nothing_behind),
	};

	return cmocka_run_group_tests_name("unit.vfs", tests, fixture_setup, fixture_teardown);
}
