/*
 * The byte channel to the host: decoding, end of input, losslessness.
 */
#include "fixture.h"

static int fd;
static long result;

static void everything_but_the_escape_is_literal(void **state)
{
	static const char input[] = "a\r\n\0\x04\x03\x7f\x10\x10z";
	static const char expected[] = "a\r\n\0\x04\x03\x7f\x10z";
	char got[64];

	(void)state;
	fd = opened("/dev/hostio", ABI_O_RDWR);
	assert_string_equal(sent(), "\x11"); /* DC1: ready */
	assert_int_equal(sys_close(opened("/dev/hostio", ABI_O_RDWR)), 0);
	assert_string_equal(sent(), "");
	serial_input(input, sizeof input - 1);
	assert_int_equal(sys_read(fd, got, sizeof got), sizeof expected - 1);
	assert_memory_equal(got, expected, sizeof expected - 1);
	assert_string_equal(sent(), "");
	assert_int_equal(sys_write(fd, "x\ny\0", 4), 4);
	assert_int_equal(console.count, 4);
	assert_memory_equal(console.sent, "x\ny\0", 4);
}

static void it_is_no_terminal(void **state)
{
	struct abi_termios termios;
	int tty = opened("/dev/console", ABI_O_RDWR), count = -1;
	char byte;

	(void)state;
	fd = opened("/dev/hostio", ABI_O_RDWR);
	assert_int_equal(sys_ioctl(fd, ABI_TCGETS, (uintptr_t)&termios), -ENOTTY);
	assert_int_equal(sys_read(tty, &byte, 1), -EIO);
	assert_int_equal(sys_ioctl(tty, ABI_TCGETS, (uintptr_t)&termios), -EIO);
	type("12");
	assert_int_equal(sys_ioctl(fd, ABI_FIONREAD, (uintptr_t)&count), 0);
	assert_int_equal(count, 2);
	assert_int_equal(sys_read(fd, &byte, 1), 1);
	assert_int_equal(sys_read(fd, &byte, 1), 1);
	assert_int_equal(sys_fcntl(fd, ABI_F_SETFL, ABI_O_NONBLOCK), 0);
	assert_int_equal(sys_read(fd, &byte, 1), -EAGAIN);
}

static void nothing_is_lost_when_nobody_reads(void **state)
{
	static char input[5000], got[5000];
	size_t total = 0;

	(void)state;
	for (size_t i = 0; i < sizeof input; i++)
		input[i] = (char)(i % 251 == 0x10 ? 0x11 : i % 251);
	fd = opened("/dev/hostio", ABI_O_RDWR);
	serial_input(input, sizeof input);
	assert_true(console.held_count > 0);
	while (total < sizeof input) {
		long n = sys_read(fd, got + total, 77);

		assert_true(n > 0);
		total += (size_t)n;
	}
	assert_memory_equal(got, input, sizeof input);
}

static void an_escape_survives_a_full_ring(void **state)
{
	static char input[260], got[300];
	long n;

	(void)state;
	memset(input, 'f', 256);
	memcpy(input + 256, "\x10\x10g", 3);
	fd = opened("/dev/hostio", ABI_O_RDWR);
	serial_input(input, 259);
	assert_int_equal(console.held_count, 2);
	assert_int_equal(sys_read(fd, got, 300), 256);
	n = sys_read(fd, got, 300);
	assert_int_equal(n, 2);
	assert_memory_equal(got, "\x10g", 2);
}

static void reader(void *arg)
{
	static char got[16];

	(void)arg;
	result = sys_read(fd, got, sizeof got);
}

/* The last test: the end of input lasts. */
static void the_end_is_read_after_the_data(void **state)
{
	char got[16];

	(void)state;
	fd = opened("/dev/hostio", ABI_O_RDWR);
	type("last");
	type("\x10\x04");
	type("ignored");
	assert_int_equal(sys_read(fd, got, 16), 4);
	result = 99;
	spawn(reader, 10);
	host_run();
	assert_int_equal(result, 0);
	assert_int_equal(sys_read(fd, got, 16), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(hostio, everything_but_the_escape_is_literal),
		TEST(hostio, it_is_no_terminal),
		TEST(hostio, nothing_is_lost_when_nobody_reads),
		TEST(hostio, an_escape_survives_a_full_ring),
		TEST(hostio, the_end_is_read_after_the_data),
	};

	return cmocka_run_group_tests_name("unit.hostio", tests, fixture_setup, fixture_teardown);
}
