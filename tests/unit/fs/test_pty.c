/*
 * Pseudo-terminals: who sleeps on them and what wakes it, their number, their end in every order, and memory that is short.
 */
#include "fixture.h"

#include "../../../fs/pty.h"

static int master, slave;
static long result;
static char got[512];

/* Both sides, raw: no echo, nothing converted. */
static void open_raw(uint32_t iflag, uint8_t min)
{
	struct abi_termios raw;
	int locked = 0;

	master = opened("/dev/ptmx", ABI_O_RDWR);
	assert_int_equal(sys_ioctl(master, ABI_TIOCSPTLCK, (uintptr_t)&locked), 0);
	slave = opened("/dev/pts/0", ABI_O_RDWR | ABI_O_NOCTTY);
	assert_int_equal(sys_ioctl(slave, ABI_TCGETS, (uintptr_t)&raw), 0);
	raw.c_iflag = iflag;
	raw.c_oflag = raw.c_lflag = 0;
	raw.c_cc[ABI_VMIN] = min;
	assert_int_equal(sys_ioctl(slave, ABI_TCSETS, (uintptr_t)&raw), 0);
	result = 99;
}

static void fill(int fd)
{
	static char many[1000];

	assert_int_equal(sys_fcntl(fd, ABI_F_SETFL, ABI_O_NONBLOCK), 0);
	memset(many, 'm', sizeof many);
	assert_in_range(sys_write(fd, many, sizeof many), 100, 300);
	assert_int_equal(sys_write(fd, many, 1), -EAGAIN);
	assert_int_equal(sys_fcntl(fd, ABI_F_SETFL, 0), 0);
}

static void start(void (*entry)(void *))
{
	spawn(entry, 10);
	host_run();
}

static void read_slave(void *arg)
{
	(void)arg;
	result = sys_read(slave, got, 300);
}

static void write_slave(void *arg)
{
	(void)arg;
	result = sys_write(slave, "12345", 5);
}

static void drain_slave(void *arg)
{
	static struct abi_termios same;

	(void)arg;
	sys_ioctl(slave, ABI_TCGETS, (uintptr_t)&same);
	result = sys_ioctl(slave, ABI_TCSETSW, (uintptr_t)&same);
}

static void read_master(void *arg)
{
	(void)arg;
	result = sys_read(master, got, 300);
}

static void write_master(void *arg)
{
	(void)arg;
	result = sys_write(master, "12345", 5);
}

static void poll_master(void *arg)
{
	static struct abi_pollfd row;

	(void)arg;
	row = (struct abi_pollfd){.fd = master, .events = ABI_POLLIN};
	result = sys_poll(&row, 1, -1) == 1 ? row.revents : -1;
}

static void ends_after(void (*sleeper)(void *), void (*event)(void), long expected)
{
	result = 99;
	start(sleeper);
	assert_int_equal(result, 99);
	event();
	host_run();
	assert_int_equal(result, expected);
}

static void close_master(void)
{
	assert_int_equal(sys_close(master), 0);
}

static void close_slave(void)
{
	assert_int_equal(sys_close(slave), 0);
}

static void hangup_wakes_a_reader(void **state)
{
	(void)state;
	open_raw(0, 1);
	ends_after(read_slave, close_master, 0);
}

static void hangup_wakes_a_writer(void **state)
{
	(void)state;
	open_raw(0, 1);
	fill(slave);
	ends_after(write_slave, close_master, -EIO);
}

static void hangup_wakes_who_drains(void **state)
{
	(void)state;
	open_raw(0, 1);
	assert_int_equal(sys_write(slave, "x", 1), 1);
	ends_after(drain_slave, close_master, -EIO);
}

static void the_last_slaves_end_wakes_the_master(void **state)
{
	(void)state;
	open_raw(0, 1);
	ends_after(read_master, close_slave, -EIO);
	slave = opened("/dev/pts/0", ABI_O_RDWR | ABI_O_NOCTTY);
	ends_after(poll_master, close_slave, ABI_POLLHUP);
}

static void a_write(void)
{
	assert_int_equal(sys_write(slave, "abc", 3), 3);
}

static void output_wakes_the_master(void **state)
{
	(void)state;
	open_raw(0, 1);
	ends_after(read_master, a_write, 3);
	ends_after(poll_master, a_write, ABI_POLLIN);
}

static void a_read(void)
{
	assert_in_range(sys_read(slave, got, 300), 200, 300);
}

static void a_flush(void)
{
	assert_int_equal(sys_ioctl(slave, ABI_TCFLSH, ABI_TCIFLUSH), 0);
}

static void room_wakes_the_master(void **state)
{
	(void)state;
	open_raw(0, 1);
	fill(master);
	ends_after(write_master, a_read, 5);
	fill(master);
	ends_after(write_master, a_flush, 5);
	fill(master);
	ends_after(write_master, close_slave, 5);
}

static void a_read_of_the_master(void)
{
	assert_in_range(sys_read(master, got, 300), 100, 300);
}

static void room_wakes_the_slave(void **state)
{
	(void)state;
	open_raw(0, 1);
	fill(slave);
	ends_after(write_slave, a_read_of_the_master, 5);
}

/* The sender is stopped after 192 bytes, the reader wants more of them: it is told to go on as they are taken. */
static void a_reader_of_many_bytes_lets_a_stopped_sender_go_on(void **state)
{
	static char many[250];

	(void)state;
	open_raw(ABI_IXOFF, 250);
	memset(many, 'm', sizeof many);
	assert_int_equal(sys_write(master, many, 200), 200);
	assert_int_equal(sys_read(master, got, 300), 1);
	assert_int_equal(got[0], 0x13);
	start(read_slave);
	assert_int_equal(result, 99);
	assert_int_equal(sys_read(master, got, 1), 1);
	assert_int_equal(got[0], 0x11);
	assert_int_equal(sys_write(master, many, 50), 50);
	host_run();
	assert_int_equal(result, 250);
}

static void it_goes_with_its_last_side(void **state)
{
	(void)state;
	for (int order = 0; order < 2; order++) {
		size_t before = blocks_in_use();

		open_raw(0, 1);
		assert_int_equal(sys_dup(slave), slave + 1);
		assert_int_equal(sys_close(order ? master : slave), 0);
		assert_int_equal(sys_close(slave + 1), 0);
		assert_true(tty_console.next);
		assert_int_equal(sys_close(order ? slave : master), 0);
		assert_null(tty_console.next);
		assert_int_equal(blocks_in_use(), before);
	}
}

static void there_are_255(void **state)
{
	static struct file files[PTY_NUMBER_MAX + 1];

	(void)state;
	for (int i = 0; i < PTY_NUMBER_MAX; i++)
		assert_int_equal(ptmx_open(&files[i]), 0);
	assert_int_equal(ptmx_open(&files[PTY_NUMBER_MAX]), -EAGAIN);
	ptmx_ops.close(&files[100]);
	assert_int_equal(ptmx_open(&files[100]), 0);
	assert_int_equal(((struct tty *)files[100].data)->number, 101);
	for (int i = 0; i < PTY_NUMBER_MAX; i++)
		ptmx_ops.close(&files[i]);
	assert_null(tty_console.next);
}

static void without_memory_there_is_none(void **state)
{
	unsigned n = 1;

	(void)state;
	for (;; n++) {
		long fd;

		mem_fail_nth(n);
		fd = sys_open("/dev/ptmx", ABI_O_RDWR, 0);
		mem_fail_nth(0);
		if (fd >= 0)
			break;
		assert_int_equal(fd, -ENOMEM);
		assert_null(tty_console.next);
		assert_int_equal(blocks_in_use(), blocks_before);
	}
	assert_int_equal(n, 3); /* the open file and the terminal */
}

static void what_is_not_opened_is_not_closed(void **state)
{
	(void)state;
	master = opened("/dev/ptmx", ABI_O_RDWR);
	assert_int_equal(sys_open("/dev/pts/0", ABI_O_RDWR, 0), -EIO); /* locked */
	assert_int_equal(sys_open("/dev/pts/1", ABI_O_RDWR, 0), -ENOENT);
	assert_int_equal(sys_open("/dev/pts/00", ABI_O_RDWR, 0), -ENOENT);
	assert_int_equal(sys_open("/dev/pts/0/x", ABI_O_RDWR, 0), -ENOTDIR);
	assert_int_equal(sys_open("/dev/tty", ABI_O_RDWR, 0), -ENXIO);
	close_master();
	assert_null(tty_console.next);
}

static const struct CMUnitTest tests[] = {
	TEST(pty, hangup_wakes_a_reader),
	TEST(pty, hangup_wakes_a_writer),
	TEST(pty, hangup_wakes_who_drains),
	TEST(pty, the_last_slaves_end_wakes_the_master),
	TEST(pty, output_wakes_the_master),
	TEST(pty, room_wakes_the_master),
	TEST(pty, room_wakes_the_slave),
	TEST(pty, a_reader_of_many_bytes_lets_a_stopped_sender_go_on),
	TEST(pty, it_goes_with_its_last_side),
	TEST(pty, there_are_255),
	TEST(pty, without_memory_there_is_none),
	TEST(pty, what_is_not_opened_is_not_closed),
};

int main(void)
{
	return cmocka_run_group_tests_name("unit.pty", tests, fixture_setup, fixture_teardown);
}
