/*
 * Row 7: descriptors are duplicated. The table is the child's own; what the descriptors stand for (offset, status flags)
 * is shared.
 */
#include "suite.h"

#include <fcntl.h>

static int close_leaves_the_parents(void)
{
	int ends[2], before;
	pid_t pid;

	CHECK_EQUAL(suite_pipe(ends), 0);
	before = suite_descriptors();
	pid = vfork();
	if (pid == 0)
		_exit(close(ends[0]) != 0 || close(ends[1]) != 0 || fcntl(ends[0], F_GETFD) >= 0);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(suite_descriptors(), before);
	CHECK_EQUAL(suite_send(ends[1], 'x'), 1);
	CHECK_EQUAL(suite_receive(ends[0]), 'x');
	return 0;
}

static int new_ones_are_the_childs_own(void)
{
	int before = suite_descriptors();
	pid_t pid = vfork();

	if (pid == 0)
		_exit(open("/dev/null", O_RDONLY) < 0 || dup(STDIN_FILENO) < 0 || dup2(STDIN_FILENO, 30) != 30);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(suite_descriptors(), before);
	CHECK_EQUAL(fcntl(30, F_GETFD), -1);
	return 0;
}

static int dup2_leaves_the_parents(void)
{
	int one[2], other[2];
	pid_t pid;

	CHECK_EQUAL(suite_pipe(one), 0);
	CHECK_EQUAL(suite_pipe(other), 0);
	pid = vfork();
	if (pid == 0)
		_exit(dup2(other[1], one[1]) != one[1] || suite_send(one[1], 'o') != 1);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(suite_receive(other[0]), 'o');
	CHECK_EQUAL(suite_send(one[1], 'x'), 1);
	CHECK_EQUAL(suite_receive(one[0]), 'x');
	return 0;
}

static int flags_of_a_descriptor_are_the_childs_own(void)
{
	int ends[2];
	pid_t pid;

	CHECK_EQUAL(suite_pipe(ends), 0);
	pid = vfork();
	if (pid == 0)
		_exit(fcntl(ends[0], F_GETFD) != FD_CLOEXEC || fcntl(ends[0], F_SETFD, 0) != 0);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(fcntl(ends[0], F_GETFD), FD_CLOEXEC);
	return 0;
}

static int the_offset_is_shared(void)
{
	int fd = open(suite_self(), O_RDONLY);
	pid_t pid;

	CHECK(fd >= 0);
	pid = vfork();
	if (pid == 0)
		_exit(lseek(fd, 10, SEEK_SET) != 10);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(lseek(fd, 0, SEEK_CUR), 10);
	CHECK_EQUAL(close(fd), 0);
	return 0;
}

static int status_flags_are_shared(void)
{
	int ends[2];
	pid_t pid;

	CHECK_EQUAL(suite_pipe(ends), 0);
	pid = vfork();
	if (pid == 0)
		_exit(fcntl(ends[0], F_SETFL, fcntl(ends[0], F_GETFL) | O_NONBLOCK) != 0);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK(fcntl(ends[0], F_GETFL) & O_NONBLOCK);
	CHECK_EQUAL(suite_receive(ends[0]), -1);
	CHECK_EQUAL(errno, EAGAIN);
	return 0;
}

static int a_pipe_lives_until_both_have_closed_it(void)
{
	int ends[2], go[2];
	pid_t pid;

	CHECK_EQUAL(suite_pipe(ends), 0);
	CHECK_EQUAL(suite_pipe(go), 0);
	pid = vfork();
	if (pid == 0) {
		dup2(go[0], SUITE_IN);
		dup2(ends[1], SUITE_OUT);
		suite_exec("sends_when_told");
		_exit(127);
	}
	CHECK(pid > 0);
	CHECK_EQUAL(close(ends[1]), 0);
	CHECK_EQUAL(suite_send(go[1], 'g'), 1);
	CHECK_EQUAL(suite_receive(ends[0]), 'g');
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(suite_receive(ends[0]), -1);
	return 0;
}

static int sends_when_told(void)
{
	return suite_send(SUITE_OUT, (char)suite_receive(SUITE_IN)) != 1;
}

SUITE(row07_descriptors, CASE(close_leaves_the_parents, BY_POSIX), CASE(new_ones_are_the_childs_own, BY_POSIX),
	CASE(dup2_leaves_the_parents, BY_POSIX), CASE(flags_of_a_descriptor_are_the_childs_own, BY_POSIX),
	CASE(the_offset_is_shared, BY_POSIX), CASE(status_flags_are_shared, BY_POSIX),
	CASE(a_pipe_lives_until_both_have_closed_it, BY_POSIX), HELPER(sends_when_told))
