/*
 * Pipes: order, atomic writes, the two ends' closing, blocking and not blocking.
 */
#include "harness.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRANSFER 65536
#define RECORD 200
#define RECORDS 300
#define WRITERS 4

static char byte_at(long position)
{
	return (char)(position * 7 + position / 256);
}

/* Writes 64 KiB in parts of growing size. */
static int writes_64_kib(void)
{
	static char part[3000];
	long done = 0;

	for (size_t size = 1; done < TRANSFER; size = size * 3 % sizeof part + 1) {
		size_t count = size < (size_t)(TRANSFER - done) ? size : (size_t)(TRANSFER - done);

		for (size_t i = 0; i < count; i++)
			part[i] = byte_at(done + (long)i);
		if (write(TARGET_OUT, part, count) != (ssize_t)count)
			return 1;
		done += (long)count;
	}
	return 0;
}

static int copies(void)
{
	char part[777];
	ssize_t n;

	while ((n = read(TARGET_IN, part, sizeof part)) > 0)
		if (write(TARGET_OUT, part, (size_t)n) != n)
			return 1;
	return n < 0;
}

/* Writes records that are all one letter, its own. */
static int writes_records(void)
{
	char record[RECORD];

	memset(record, 'a' + getpid() % 26, sizeof record);
	for (int i = 0; i < RECORDS; i++)
		if (write(TARGET_OUT, record, sizeof record) != (ssize_t)sizeof record)
			return 1;
	return 0;
}

static int writes_more_than_fits(void)
{
	char bytes[PIPE_BUF + 100];

	memset(bytes, 'w', sizeof bytes);
	return write(TARGET_OUT, bytes, sizeof bytes) != (ssize_t)sizeof bytes;
}

/* Ends with the number of bytes that one read gave. */
static int reads_once(void)
{
	char bytes[16];

	return (int)read(TARGET_IN, bytes, sizeof bytes);
}

static int reads_until(int fd, long *count)
{
	char part[321];
	ssize_t n;

	for (*count = 0; (n = read(fd, part, sizeof part)) > 0; *count += n)
		for (ssize_t i = 0; i < n; i++)
			CHECK_EQUAL(part[i], byte_at(*count + i));
	CHECK_EQUAL(n, 0);
	return 0;
}

static int bytes_keep_their_order_between_processes(void)
{
	int fds[2];
	long count;
	pid_t pid;

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid = target_start("writes_64_kib", -1, fds[1]);
	close(fds[1]);
	CHECK(pid > 0);
	CHECK_EQUAL(reads_until(fds[0], &count), 0);
	CHECK_EQUAL(count, TRANSFER);
	CHECK_EQUAL(target_wait(pid), 0);
	close(fds[0]);
	return 0;
}

static int a_chain_of_three_processes_passes_everything_on(void)
{
	int fds[3][2];
	long count;
	pid_t pids[3];

	for (int i = 0; i < 3; i++)
		CHECK_EQUAL(pipe2(fds[i], O_CLOEXEC), 0);
	pids[0] = target_start("writes_64_kib", -1, fds[0][1]);
	pids[1] = target_start("copies", fds[0][0], fds[1][1]);
	pids[2] = target_start("copies", fds[1][0], fds[2][1]);
	for (int i = 0; i < 3; i++)
		close(fds[i][1]);
	CHECK_EQUAL(reads_until(fds[2][0], &count), 0);
	CHECK_EQUAL(count, TRANSFER);
	for (int i = 0; i < 3; i++) {
		CHECK_EQUAL(target_wait(pids[i]), 0);
		close(fds[i][0]);
	}
	return 0;
}

/* Fills the record from the pipe, in whatever parts it comes. */
static size_t read_record(int fd, char *record)
{
	size_t done = 0;
	ssize_t n;

	while (done < RECORD && (n = read(fd, record + done, RECORD - done)) > 0)
		done += (size_t)n;
	return done;
}

static int small_writes_of_several_processes_stay_whole(void)
{
	char record[RECORD];
	int fds[2], records = 0;
	pid_t pids[WRITERS];

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	for (int i = 0; i < WRITERS; i++)
		CHECK((pids[i] = target_start("writes_records", -1, fds[1])) > 0);
	close(fds[1]);
	for (; read_record(fds[0], record) == RECORD; records++)
		for (int i = 1; i < RECORD; i++)
			CHECK_EQUAL(record[i], record[0]);
	CHECK_EQUAL(records, WRITERS * RECORDS);
	for (int i = 0; i < WRITERS; i++)
		CHECK_EQUAL(target_wait(pids[i]), 0);
	close(fds[0]);
	return 0;
}

static int a_write_that_no_one_can_read_ends_the_writer(void)
{
	int fds[2], status;
	pid_t pid;

	CHECK_EQUAL(pipe(fds), 0);
	close(fds[0]);
	pid = vfork();
	if (pid == 0) {
		write(fds[1], "x", 1);
		_exit(0);
	}
	status = target_wait(pid);
	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGPIPE);
	close(fds[1]);
	return 0;
}

static int with_sigpipe_ignored_the_write_gives_epipe(void)
{
	int fds[2];

	CHECK(signal(SIGPIPE, SIG_IGN) == SIG_DFL);
	CHECK_EQUAL(pipe(fds), 0);
	close(fds[0]);
	CHECK_EQUAL(write(fds[1], "x", 1), -1);
	CHECK_EQUAL(errno, EPIPE);
	close(fds[1]);
	return 0;
}

static int a_blocked_writer_ends_when_the_last_reader_goes(void)
{
	int fds[2], status;
	pid_t pid;

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid = target_start("writes_more_than_fits", -1, fds[1]);
	CHECK(target_reaches_state(pid, 'S'));
	close(fds[0]);
	status = target_wait(pid);
	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGPIPE);
	close(fds[1]);
	return 0;
}

static int a_blocked_writer_goes_on_when_somebody_reads(void)
{
	char bytes[PIPE_BUF + 100];
	int fds[2];
	size_t done = 0;
	pid_t pid;

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid = target_start("writes_more_than_fits", -1, fds[1]);
	CHECK(target_reaches_state(pid, 'S'));
	while (done < sizeof bytes) {
		ssize_t n = read(fds[0], bytes + done, sizeof bytes - done);

		CHECK(n > 0);
		done += (size_t)n;
	}
	CHECK_EQUAL(target_wait(pid), 0);
	close(fds[0]);
	close(fds[1]);
	return 0;
}

static int a_blocked_reader_gets_what_is_written(void)
{
	int fds[2];
	pid_t pid;

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid = target_start("reads_once", fds[0], -1);
	CHECK(target_reaches_state(pid, 'S'));
	CHECK_EQUAL(write(fds[1], "12345", 5), 5);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 5);
	close(fds[0]);
	close(fds[1]);
	return 0;
}

static int a_blocked_reader_sees_the_end_when_the_last_writer_goes(void)
{
	int fds[2];
	pid_t pid;

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid = target_start("reads_once", fds[0], -1);
	CHECK(target_reaches_state(pid, 'S'));
	close(fds[1]);
	CHECK_EQUAL(target_wait(pid), 0);
	close(fds[0]);
	return 0;
}

static int what_is_left_comes_before_the_end(void)
{
	char bytes[8];
	int fds[2], other;

	CHECK_EQUAL(pipe(fds), 0);
	CHECK_EQUAL(write(fds[1], "abc", 3), 3);
	other = dup(fds[1]);
	close(fds[1]);
	CHECK_EQUAL(read(fds[0], bytes, 2), 2);
	CHECK_EQUAL(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
	CHECK_EQUAL(read(fds[0], bytes, sizeof bytes), 1);
	CHECK_EQUAL(bytes[0], 'c');
	CHECK_EQUAL(read(fds[0], bytes, sizeof bytes), -1); /* the duplicate still writes */
	CHECK_EQUAL(errno, EAGAIN);
	close(other);
	CHECK_EQUAL(read(fds[0], bytes, sizeof bytes), 0);
	CHECK_EQUAL(read(fds[0], bytes, sizeof bytes), 0);
	close(fds[0]);
	return 0;
}

static int nonblocking_writes_take_what_fits_or_give_eagain(void)
{
	char bytes[2 * PIPE_BUF];
	int fds[2], held;

	memset(bytes, 'x', sizeof bytes);
	CHECK_EQUAL(pipe2(fds, O_NONBLOCK), 0);
	CHECK_EQUAL(write(fds[1], bytes, 100), 100);
	CHECK_EQUAL(write(fds[1], bytes, PIPE_BUF), -1); /* would be split */
	CHECK_EQUAL(errno, EAGAIN);
	CHECK_EQUAL(ioctl(fds[1], FIONREAD, &held), 0);
	CHECK_EQUAL(held, 100);
	CHECK(write(fds[1], bytes, sizeof bytes) > 0); /* may be split */
	CHECK_EQUAL(write(fds[1], bytes, 1), -1);
	CHECK_EQUAL(errno, EAGAIN);
	CHECK_EQUAL(ioctl(fds[0], FIONREAD, &held), 0);
	CHECK(held >= PIPE_BUF);
	while (held > 0)
		held -= (int)read(fds[0], bytes, sizeof bytes);
	CHECK_EQUAL(held, 0);
	CHECK_EQUAL(write(fds[1], bytes, PIPE_BUF), PIPE_BUF);
	close(fds[0]);
	close(fds[1]);
	return 0;
}

static int nonblocking_is_shared_by_duplicates(void)
{
	char byte;
	int fds[2], other;

	CHECK_EQUAL(pipe(fds), 0);
	other = dup(fds[0]);
	CHECK_EQUAL(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
	CHECK_EQUAL(fcntl(other, F_GETFL) & (O_ACCMODE | O_NONBLOCK), O_RDONLY | O_NONBLOCK);
	CHECK_EQUAL(fcntl(fds[1], F_GETFL) & (O_ACCMODE | O_NONBLOCK), O_WRONLY); /* the other end has its own */
	CHECK_EQUAL(read(other, &byte, 1), -1);
	CHECK_EQUAL(errno, EAGAIN);
	close(fds[0]);
	close(fds[1]);
	close(other);
	return 0;
}

static int flags_of_pipe2_are_set_or_refused(void)
{
	int fds[2];

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	CHECK_EQUAL(fcntl(fds[0], F_GETFD), FD_CLOEXEC);
	CHECK_EQUAL(fcntl(fds[1], F_GETFD), FD_CLOEXEC);
	close(fds[0]);
	close(fds[1]);
	CHECK_EQUAL(pipe(fds), 0);
	CHECK_EQUAL(fcntl(fds[0], F_GETFD), 0);
	close(fds[0]);
	close(fds[1]);
	CHECK_EQUAL(pipe2(fds, O_APPEND), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int ends_are_for_one_direction_and_have_no_position(void)
{
	struct stat st;
	char byte;
	int fds[2];

	CHECK_EQUAL(pipe(fds), 0);
	CHECK_EQUAL(read(fds[1], &byte, 1), -1);
	CHECK_EQUAL(errno, EBADF);
	CHECK_EQUAL(write(fds[0], "x", 1), -1);
	CHECK_EQUAL(errno, EBADF);
	CHECK_EQUAL(lseek(fds[0], 0, SEEK_CUR), -1);
	CHECK_EQUAL(errno, ESPIPE);
	CHECK_EQUAL(ftruncate(fds[1], 0), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(fstat(fds[0], &st), 0);
	CHECK(S_ISFIFO(st.st_mode));
	CHECK_EQUAL(isatty(fds[0]), 0);
	close(fds[0]);
	close(fds[1]);
	return 0;
}

static int nothing_to_read_or_write_returns_at_once(void)
{
	char byte;
	int fds[2];

	CHECK_EQUAL(pipe(fds), 0);
	CHECK_EQUAL(read(fds[0], &byte, 0), 0);
	CHECK_EQUAL(write(fds[1], &byte, 0), 0);
	close(fds[0]);
	close(fds[1]);
	return 0;
}

TARGET_CASES(pipe, CASE(bytes_keep_their_order_between_processes), CASE(a_chain_of_three_processes_passes_everything_on),
	     CASE(small_writes_of_several_processes_stay_whole), CASE(a_write_that_no_one_can_read_ends_the_writer),
	     CASE(with_sigpipe_ignored_the_write_gives_epipe), CASE(a_blocked_writer_ends_when_the_last_reader_goes),
	     CASE(a_blocked_writer_goes_on_when_somebody_reads), CASE(a_blocked_reader_gets_what_is_written),
	     CASE(a_blocked_reader_sees_the_end_when_the_last_writer_goes), CASE(what_is_left_comes_before_the_end),
	     CASE(nonblocking_writes_take_what_fits_or_give_eagain), CASE(nonblocking_is_shared_by_duplicates),
	     CASE(flags_of_pipe2_are_set_or_refused), CASE(ends_are_for_one_direction_and_have_no_position),
	     CASE(nothing_to_read_or_write_returns_at_once), HELPER(writes_64_kib), HELPER(copies),
	     HELPER(writes_records), HELPER(writes_more_than_fits), HELPER(reads_once))
