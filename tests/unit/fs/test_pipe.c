/*
 * Pipes: blocking, atomicity, ends.
 */
#include "fixture.h"

#include <kernel/waitq.h>

static int fds[2];
static uint8_t data[2048];
static long result;

static void make_pipe(int flags)
{
	assert_int_equal(sys_pipe2(fds, flags), 0);
	for (size_t i = 0; i < sizeof data; i++)
		data[i] = (uint8_t)(i * 7);
}

static void bytes_come_out_in_order(void **state)
{
	uint8_t got[512];

	(void)state;
	make_pipe(0);
	for (int round = 0; round < 7; round++) {
		assert_int_equal(sys_write(fds[1], data, 300), 300);
		assert_int_equal(sys_read(fds[0], got, 512), 300);
		assert_memory_equal(got, data, 300);
	}
	assert_int_equal(sys_write(fds[1], data, 0), 0);
	assert_int_equal(sys_read(fds[0], got, 0), 0);
}

static void ends_have_one_direction(void **state)
{
	uint8_t byte;
	struct abi_stat st;

	(void)state;
	make_pipe(0);
	assert_int_equal(sys_write(fds[0], data, 1), -EBADF);
	assert_int_equal(sys_read(fds[1], &byte, 1), -EBADF);
	assert_int_equal(sys_lseek(fds[0], 0, ABI_SEEK_CUR), -ESPIPE);
	assert_int_equal(sys_fstat(fds[0], &st), 0);
	assert_int_equal(st.st_mode & ABI_S_IFMT, ABI_S_IFIFO);
	assert_int_equal(sys_ftruncate(fds[1], 0), -EINVAL);
	assert_int_equal(sys_pipe2(fds, ABI_O_APPEND), -EINVAL);
}

static void nonblocking_ends_say_eagain(void **state)
{
	uint8_t got[512];
	int count = 0;

	(void)state;
	make_pipe(ABI_O_NONBLOCK | ABI_O_CLOEXEC);
	assert_int_equal(sys_fcntl(fds[0], ABI_F_GETFD, 0), ABI_FD_CLOEXEC);
	assert_int_equal(sys_read(fds[0], got, 1), -EAGAIN);
	assert_int_equal(sys_write(fds[1], data, 500), 500);
	assert_int_equal(sys_write(fds[1], data, 13), -EAGAIN); /* whole or not at all */
	assert_int_equal(sys_write(fds[1], data, 600), 12);     /* beyond PIPE_BUF: what fits */
	assert_int_equal(sys_write(fds[1], data, 600), -EAGAIN);
	assert_int_equal(sys_ioctl(fds[0], ABI_FIONREAD, (uintptr_t)&count), 0);
	assert_int_equal(count, 512);
}

static void reading_ends_when_the_last_writer_closes(void **state)
{
	uint8_t got[8];
	int copy;

	(void)state;
	make_pipe(0);
	copy = (int)sys_dup(fds[1]);
	assert_int_equal(sys_write(fds[1], "abc", 3), 3);
	assert_int_equal(sys_close(fds[1]), 0);
	assert_int_equal(sys_close(copy), 0);
	assert_int_equal(sys_read(fds[0], got, 8), 3);
	assert_int_equal(sys_read(fds[0], got, 8), 0);
}

static void writing_without_readers_is_epipe_and_sigpipe(void **state)
{
	(void)state;
	make_pipe(0);
	assert_int_equal(sys_close(fds[0]), 0);
	assert_int_equal(sys_write(fds[1], data, 1), -EPIPE);
	assert_int_equal(process.signals.pending.set, 1u << ABI_SIGPIPE);
}

static void read_one(void *arg)
{
	static uint8_t got[16];

	(void)arg;
	result = sys_read(fds[0], got, sizeof got);
}

static void write_600(void *arg)
{
	(void)arg;
	result = sys_write(fds[1], data, 600);
}

static void write_200(void *arg)
{
	(void)arg;
	result = sys_write(fds[1], data + 1000, 200);
}

static void a_reader_sleeps_until_there_is_something(void **state)
{
	(void)state;
	make_pipe(0);
	result = 99;
	spawn(read_one, 10);
	host_run();
	assert_int_equal(result, 99);
	assert_int_equal(sys_write(fds[1], "hello", 5), 5);
	host_run();
	assert_int_equal(result, 5);
}

static void closing_wakes_the_other_end(void **state)
{
	(void)state;
	make_pipe(0);
	result = 99;
	spawn(read_one, 10);
	host_run();
	assert_int_equal(sys_close(fds[1]), 0);
	host_run();
	assert_int_equal(result, 0);
	assert_int_equal(sys_close(fds[0]), 0);

	make_pipe(0);
	result = 99;
	spawn(write_600, 10);
	host_run();
	assert_int_equal(sys_close(fds[0]), 0);
	host_run();
	assert_int_equal(result, 512);
	assert_int_equal(process.signals.pending.set, 1u << ABI_SIGPIPE);
}

static void a_long_write_goes_on_as_it_is_read(void **state)
{
	uint8_t got[600];

	(void)state;
	make_pipe(0);
	result = 99;
	spawn(write_600, 10);
	host_run();
	assert_int_equal(result, 99);
	assert_int_equal(sys_read(fds[0], got, 100), 100);
	host_run();
	assert_int_equal(result, 600);
	assert_int_equal(sys_read(fds[0], got + 100, 500), 500);
	assert_memory_equal(got, data, 600);
}

static void write_up_to_pipe_buf_is_atomic(void **state)
{
	uint8_t got[512];

	(void)state;
	make_pipe(0);
	assert_int_equal(sys_write(fds[1], data, 400), 400);
	result = 99;
	spawn(write_200, 10);
	host_run();
	assert_int_equal(sys_read(fds[0], got, 50), 50);
	host_run();
	assert_int_equal(result, 99); /* 162 bytes are free: not enough, so none came */
	assert_int_equal(sys_read(fds[0], got, 350), 350);
	host_run();
	assert_int_equal(result, 200);
	assert_int_equal(sys_read(fds[0], got, 512), 200);
	assert_memory_equal(got, data + 1000, 200);
}

static void a_signal_ends_a_sleep_before_any_byte(void **state)
{
	struct thread *thread;

	(void)state;
	make_pipe(0);
	result = 99;
	thread = spawn(read_one, 10);
	host_run();
	thread_interrupt(thread, SLEEP_INTERRUPTIBLE);
	host_run();
	assert_int_equal(result, -EINTR);
	result = 99;
	thread = spawn(write_600, 10);
	host_run();
	thread_interrupt(thread, SLEEP_INTERRUPTIBLE);
	host_run();
	assert_int_equal(result, 512); /* what had moved */
	thread = spawn(write_200, 10);
	host_run();
	thread_interrupt(thread, SLEEP_INTERRUPTIBLE);
	host_run();
	assert_int_equal(result, -EINTR);
}

static void memory_that_went_away_is_efault(void **state)
{
	(void)state;
	make_pipe(0);
	result = 99;
	spawn(read_one, 10);
	host_run();
	process.space->brk = process.space->base;
	assert_int_equal(sys_write(fds[1], "x", 1), 1);
	host_run();
	process.space->brk = UINTPTR_MAX;
	assert_int_equal(result, -EFAULT);
}

static void two_threads_pass_a_lot_through(void **state)
{
	uint8_t got[64];
	size_t total = 0;

	(void)state;
	make_pipe(0);
	for (int i = 0; i < 50; i++) {
		long count;

		spawn(write_600, 10);
		host_run();
		for (size_t left = 600; left; left -= (size_t)count, total += (size_t)count) {
			count = sys_read(fds[0], got, left < 37 ? left : 37);
			assert_true(count > 0);
			assert_memory_equal(got, data + 600 - left, (size_t)count);
			host_run();
		}
	}
	assert_int_equal(total, 50 * 600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pipe, bytes_come_out_in_order),
		TEST(pipe, ends_have_one_direction),
		TEST(pipe, nonblocking_ends_say_eagain),
		TEST(pipe, reading_ends_when_the_last_writer_closes),
		TEST(pipe, writing_without_readers_is_epipe_and_sigpipe),
		TEST(pipe, a_reader_sleeps_until_there_is_something),
		TEST(pipe, closing_wakes_the_other_end),
		TEST(pipe, a_long_write_goes_on_as_it_is_read),
		TEST(pipe, write_up_to_pipe_buf_is_atomic),
		TEST(pipe, a_signal_ends_a_sleep_before_any_byte),
		TEST(pipe, memory_that_went_away_is_efault),
		TEST(pipe, two_threads_pass_a_lot_through),
	};

	return cmocka_run_group_tests_name("unit.pipe", tests, fixture_setup, fixture_teardown);
}
