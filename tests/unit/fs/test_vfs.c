/*
 * Path names, mounts, the current directory, and the system calls on names.
 */
#include "fixture.h"

static int find(const char *path)
{
	struct node node;
	int error = vfs_lookup(path, true, &node);

	if (!error)
		vfs_release(node);
	return error;
}

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

static const char *here(void)
{
	static char path[ABI_PATH_MAX];

	long length = sys_getcwd(path, sizeof path);

	assert_int_equal(length, strlen(path) + 1);
	return path;
}

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
	const struct CMUnitTest tests[] = {
		TEST(vfs, finds_files_and_directories),
		TEST(vfs, treats_dots_and_slashes),
		TEST(vfs, refuses_long_names),
		TEST(vfs, follows_links),
		TEST(vfs, a_slash_follows_a_link_at_the_end),
		TEST(vfs, the_path_of_the_current_directory),
		TEST(vfs, fchdir_goes_to_an_open_directory),
		TEST(vfs, open_checks_its_flags),
		TEST(vfs, open_creates_through_a_dangling_link),
		TEST(vfs, open_truncates_and_appends),
		TEST(vfs, the_access_mode_is_kept),
		TEST(vfs, the_umask_takes_bits_away),
		TEST(vfs, access_says_what_would_work),
		TEST(vfs, readlink_gives_the_text),
		TEST(vfs, exec_wants_an_executable_file),
		TEST(vfs, mount_points_are_busy),
		TEST(vfs, unlink_and_rmdir_know_each_other),
		TEST(vfs, rename_moves_and_replaces),
		TEST(vfs, directories_list_their_entries),
		TEST(vfs, listing_survives_removal),
		TEST(vfs, stat_tells_device_and_inode),
		TEST(vfs, allocation_failures_leave_nothing_behind),
	};

	return cmocka_run_group_tests_name("unit.vfs", tests, fixture_setup, fixture_teardown);
}
