/*
 * Descriptors: which one is taken, duplicates and what they share, the place in a file, flags, close-on-exec.
 */
#include "files.h"
#include "harness.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

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

TARGET_CASES(descriptors, CASE(access_mode_of_a_descriptor_holds), CASE(closed_descriptors_give_ebadf),
	     CASE(lseek_moves_from_start_place_or_end), CASE(the_lowest_free_descriptor_is_taken),
	     CASE(duplicates_share_the_offset), CASE(dup2_replaces_what_was_there),
	     CASE(close_on_exec_belongs_to_the_descriptor), CASE(exec_closes_what_is_marked_and_keeps_the_rest),
	     CASE(only_some_flags_can_be_set_later), HELPER(has_10_but_not_11))
