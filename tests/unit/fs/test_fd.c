/*
 * Tables of descriptors, and the calls on them.
 */
#include "fixture.h"

static void the_lowest_free_descriptor_is_taken(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(opened("/dev/null", ABI_O_RDWR), i);
	assert_int_equal(sys_close(1), 0);
	assert_int_equal(sys_close(3), 0);
	assert_int_equal(sys_dup(0), 1);
	assert_int_equal(sys_dup(0), 3);
	assert_int_equal(sys_dup(0), 5);
	assert_int_equal(sys_close(5), 0);
	assert_int_equal(sys_close(5), -EBADF);
	assert_int_equal(sys_close(-1), -EBADF);
	assert_int_equal(sys_close(1000), -EBADF);
}

static void the_table_grows_to_its_limit(void **state)
{
	(void)state;
	opened("/dev/zero", ABI_O_RDONLY);
	for (int i = 1; i < ABI_OPEN_MAX; i++)
		assert_int_equal(sys_dup(0), i);
	assert_int_equal(sys_dup(0), -EMFILE);
	assert_int_equal(sys_open("/tmp/f", ABI_O_RDWR | ABI_O_CREAT, 0666), -EMFILE);
	assert_int_equal(sys_access("/tmp/f", ABI_F_OK), -ENOENT);
	assert_int_equal(sys_close(40), 0);
	assert_int_equal(sys_fcntl(0, ABI_F_DUPFD, 10), 40);
}

static void dup2_replaces(void **state)
{
	char byte = 1;

	(void)state;
	assert_int_equal(opened("/dev/zero", ABI_O_RDONLY), 0);
	assert_int_equal(opened("/dev/null", ABI_O_RDONLY), 1);
	assert_int_equal(sys_dup2(0, 1), 1);
	assert_int_equal(sys_read(1, &byte, 1), 1);
	assert_int_equal(sys_dup2(0, 0), 0);
	assert_int_equal(sys_dup2(0, 63), 63);
	assert_int_equal(sys_read(63, &byte, 1), 1);
	assert_int_equal(sys_dup2(0, 64), -EBADF);
	assert_int_equal(sys_dup2(0, -1), -EBADF);
	assert_int_equal(sys_dup2(5, 6), -EBADF);
	assert_int_equal(sys_dup2(5, 5), -EBADF);
	assert_int_equal(sys_dup3(0, 0, 0), -EINVAL);
	assert_int_equal(sys_dup3(0, 1, ABI_O_APPEND), -EINVAL);
	assert_int_equal(sys_dup3(0, 7, ABI_O_CLOEXEC), 7);
	assert_int_equal(sys_fcntl(7, ABI_F_GETFD, 0), ABI_FD_CLOEXEC);
	assert_int_equal(sys_dup2(0, 7), 7);
	assert_int_equal(sys_fcntl(7, ABI_F_GETFD, 0), 0);
}

static void duplicates_share_the_offset(void **state)
{
	char byte;
	int fd = opened("/etc/motd", ABI_O_RDONLY), copy = (int)sys_dup(fd);

	(void)state;
	assert_int_equal(sys_lseek(fd, 3, ABI_SEEK_SET), 3);
	assert_int_equal(sys_read(copy, &byte, 1), 1);
	assert_int_equal(byte, 'c');
	assert_int_equal(sys_lseek(fd, 0, ABI_SEEK_CUR), 4);
}

static void fcntl_knows_its_flags(void **state)
{
	int fd = opened("/tmp/f", ABI_O_RDWR | ABI_O_CREAT | ABI_O_CLOEXEC | ABI_O_APPEND), copy;

	(void)state;
	assert_int_equal(sys_fcntl(fd, ABI_F_GETFD, 0), ABI_FD_CLOEXEC);
	assert_int_equal(sys_fcntl(fd, ABI_F_GETFL, 0), ABI_O_RDWR | ABI_O_APPEND);
	assert_int_equal(sys_fcntl(fd, ABI_F_SETFL, ABI_O_NONBLOCK | ABI_O_WRONLY | ABI_O_CREAT), 0);
	assert_int_equal(sys_fcntl(fd, ABI_F_GETFL, 0), ABI_O_RDWR | ABI_O_NONBLOCK);
	copy = (int)sys_fcntl(fd, ABI_F_DUPFD, 5);
	assert_int_equal(copy, 5);
	assert_int_equal(sys_fcntl(copy, ABI_F_GETFD, 0), 0);
	assert_int_equal(sys_fcntl(fd, ABI_F_DUPFD_CLOEXEC, 5), 6);
	assert_int_equal(sys_fcntl(6, ABI_F_GETFD, 0), ABI_FD_CLOEXEC);
	assert_int_equal(sys_fcntl(6, ABI_F_SETFD, 0), 0);
	assert_int_equal(sys_fcntl(6, ABI_F_GETFD, 0), 0);
	assert_int_equal(sys_fcntl(fd, ABI_F_DUPFD, -1), -EINVAL);
	assert_int_equal(sys_fcntl(fd, ABI_F_DUPFD, ABI_OPEN_MAX), -EINVAL);
	assert_int_equal(sys_fcntl(fd, 77, 0), -EINVAL);
	assert_int_equal(sys_fcntl(33, ABI_F_GETFD, 0), -EBADF);
	assert_int_equal(sys_unlink("/tmp/f"), 0);
}

static void copies_share_files_and_flags(void **state)
{
	struct fdtable copy;

	(void)state;
	opened("/dev/null", ABI_O_RDWR);
	opened("/dev/zero", ABI_O_RDWR | ABI_O_CLOEXEC);
	assert_int_equal(sys_dup2(0, 50), 50);
	assert_int_equal(fdtable_copy(&copy, &process.files), 0);
	assert_ptr_equal(fdtable_get(&copy, 0), fdtable_get(&process.files, 0));
	assert_ptr_equal(fdtable_get(&copy, 50), fdtable_get(&process.files, 0));
	assert_null(fdtable_get(&copy, 2));
	assert_null(fdtable_get(&copy, 51));
	assert_int_equal(fdtable_get(&copy, 0)->refs, 4);
	assert_true(fdtable_get_cloexec(&copy, 1));
	fdtable_close_on_exec(&copy);
	assert_null(fdtable_get(&copy, 1));
	assert_non_null(fdtable_get(&process.files, 1));
	fdtable_close_all(&copy);
	assert_int_equal(fdtable_get(&process.files, 0)->refs, 2);
	assert_null(fdtable_get(&copy, 0));
	fdtable_close_all(&copy);
}

static void close_on_exec_reaches_all_slots(void **state)
{
	(void)state;
	opened("/dev/null", ABI_O_RDWR);
	for (int i = 1; i < ABI_OPEN_MAX; i++)
		assert_int_equal(sys_fcntl(0, i % 2 ? ABI_F_DUPFD_CLOEXEC : ABI_F_DUPFD, 0), i);
	fdtable_close_on_exec(&process.files);
	for (int i = 0; i < ABI_OPEN_MAX; i++)
		assert_int_equal(fdtable_get(&process.files, i) != NULL, i % 2 == 0);
}

static void failing_to_grow_changes_nothing(void **state)
{
	struct fdtable copy;

	(void)state;
	opened("/dev/null", ABI_O_RDWR);
	mem_fail_nth(1);
	assert_int_equal(sys_dup2(0, 40), -ENOMEM);
	assert_int_equal(fdtable_get(&process.files, 0)->refs, 1);
	assert_int_equal(sys_dup2(0, 40), 40);
	mem_fail_nth(1);
	assert_int_equal(fdtable_copy(&copy, &process.files), -ENOMEM);
	assert_null(fdtable_get(&copy, 0));
	fdtable_close_all(&copy);
	assert_int_equal(fdtable_get(&process.files, 0)->refs, 2);
}

static void ioctl_and_seek_of_what_cannot(void **state)
{
	int fd = opened("/etc/motd", ABI_O_RDONLY), tty = opened("/dev/console", ABI_O_RDWR);

	(void)state;
	assert_int_equal(sys_ioctl(fd, ABI_TCGETS, 0), -ENOTTY);
	assert_int_equal(sys_lseek(tty, 0, ABI_SEEK_CUR), -ESPIPE);
	assert_int_equal(sys_ioctl(50, ABI_TCGETS, 0), -EBADF);
	assert_int_equal(sys_lseek(50, 0, 0), -EBADF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(fd, the_lowest_free_descriptor_is_taken),
		TEST(fd, the_table_grows_to_its_limit),
		TEST(fd, dup2_replaces),
		TEST(fd, duplicates_share_the_offset),
		TEST(fd, fcntl_knows_its_flags),
		TEST(fd, copies_share_files_and_flags),
		TEST(fd, close_on_exec_reaches_all_slots),
		TEST(fd, failing_to_grow_changes_nothing),
		TEST(fd, ioctl_and_seek_of_what_cannot),
	};

	return cmocka_run_group_tests_name("unit.fd", tests, fixture_setup, fixture_teardown);
}
