/*
 * The line under a terminal: output that is slow or stopped, damaged input, a receiver that is off, breaks.
 */
#include "terminal.h"

static const char *long_text = "0123456789012345678901234567890123456789\n0123456789012345678901234567890123456789\n";

static void writer(void *arg)
{
	(void)arg;
	result = sys_write(fd, long_text, strlen(long_text));
}

static void a_writer_sleeps_while_the_line_is_slow(void **state)
{
	(void)state;
	console.blocked = true;
	result = 99;
	spawn(writer, 10);
	host_run();
	assert_int_equal(result, 99);
	type("e"); /* echo finds room */
	console.blocked = false;
	fake_transmit_start(&console.serial);
	host_run();
	fake_transmit_start(&console.serial);
	assert_int_equal(result, strlen(long_text));
	assert_int_equal(strlen(sent()), strlen(long_text) + 3);
	type("\x15\n");
	assert_int_equal(take(5), 1);
}

static void drainer(void *arg)
{
	(void)arg;
	tty_drain();
	result = 0;
}

static void drain_waits_for_the_last_byte(void **state)
{
	(void)state;
	console.blocked = true;
	assert_int_equal(sys_write(fd, "bye\n", 4), 4);
	result = 99;
	spawn(drainer, 10);
	host_run();
	assert_int_equal(result, 99);
	console.blocked = false;
	fake_transmit_start(&console.serial);
	host_run();
	assert_int_equal(result, 0);
	assert_string_equal(sent(), "bye\r\n");
}

static void nonblocking_writes_say_how_much(void **state)
{
	(void)state;
	assert_int_equal(sys_fcntl(fd, ABI_F_SETFL, ABI_O_NONBLOCK), 0);
	console.blocked = true;
	assert_in_range(sys_write(fd, long_text, 80), 40, 64);
	assert_int_equal(sys_write(fd, long_text, 80), -EAGAIN);
	console.blocked = false;
	fake_transmit_start(&console.serial);
	sent();
}

/* Non-canonical with these flags of input, and without echo. */
static void set_input(uint32_t iflag)
{
	struct abi_termios raw = cooked;

	raw.c_lflag &= ~(uint32_t)(ABI_ICANON | ABI_ECHO);
	raw.c_iflag = iflag;
	raw.c_cc[ABI_VMIN] = 0;
	assert_int_equal(sys_ioctl(fd, ABI_TCSETSF, (uintptr_t)&raw), 0);
}

static void expect_after_error(uint32_t iflag, bool is_break, const char *expected, long count)
{
	set_input(iflag);
	console.serial.client->receive_error(&console.serial, is_break ? 0 : 'e', is_break);
	assert_int_equal(take(10), count);
	assert_memory_equal(got, expected, (size_t)count);
}

static void breaks_and_bad_bytes_follow_the_input_flags(void **state)
{
	(void)state;
	expect_after_error(0, false, "e", 1);
	expect_after_error(ABI_INPCK, false, "", 1);
	expect_after_error(ABI_INPCK | ABI_IGNPAR | ABI_PARMRK, false, "", 0);
	expect_after_error(ABI_INPCK | ABI_PARMRK, false, "\377\0e", 3);
	expect_after_error(0, true, "", 1);
	expect_after_error(ABI_IGNBRK | ABI_BRKINT | ABI_PARMRK, true, "", 0);
	expect_after_error(ABI_PARMRK, true, "\377\0", 3);
	set_input(ABI_BRKINT);
	type("typed");
	console.serial.client->receive_error(&console.serial, 0, true);
	assert_int_equal(take(10), 0);
}

static void bad_bytes_without_room_are_dropped(void **state)
{
	(void)state;
	set_input(ABI_PARMRK);
	for (int i = 0; i < 100; i++)
		console.serial.client->receive_error(&console.serial, 0, true);
	assert_in_range(sys_read(fd, got, sizeof got), 3 * 84, 256);
	assert_int_equal(take(10), 0);
}

static void a_receiver_that_is_off_hears_nothing(void **state)
{
	struct abi_termios deaf = cooked;

	(void)state;
	deaf.c_cflag &= ~(uint32_t)ABI_CREAD;
	deaf.c_lflag = 0;
	deaf.c_cc[ABI_VMIN] = 0;
	assert_int_equal(sys_ioctl(fd, ABI_TCSETS, (uintptr_t)&deaf), 0);
	type("x");
	console.serial.client->receive_error(&console.serial, 'e', false);
	assert_int_equal(take(10), 0);
}

static void stopped_output_waits_for_its_start(void **state)
{
	(void)state;
	type("\x13");
	assert_int_equal(sys_write(fd, "held\n", 5), 5);
	assert_string_equal(sent(), "");
	assert_int_equal(sys_ioctl(fd, ABI_TCXONC, ABI_TCIOFF), 0);
	assert_string_equal(sent(), "\x13");
	type("\x11");
	assert_string_equal(sent(), "held\r\n");
	type("\x13");
	assert_int_equal(sys_write(fd, "more", 4), 4);
	tty_drain(); /* the end of the machine does not wait for a key */
	assert_string_equal(sent(), "more");
}

static void sends_break(void *arg)
{
	(void)arg;
	result = sys_ioctl(fd, ABI_TCSBRK, 0);
}

static void a_break_is_sent_for_its_time(void **state)
{
	(void)state;
	result = 99;
	spawn(sends_break, 10);
	uint64_t start = host_time();
	host_run();
	assert_int_equal(result, 0);
	assert_int_equal(console.breaks, 2);
	assert_in_range(host_time() - start, ARCH_TIMER_HZ / 4, ARCH_TIMER_HZ / 2);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TTY(tty_line, a_writer_sleeps_while_the_line_is_slow),
		TTY(tty_line, drain_waits_for_the_last_byte),
		TTY(tty_line, nonblocking_writes_say_how_much),
		TTY(tty_line, breaks_and_bad_bytes_follow_the_input_flags),
		TTY(tty_line, bad_bytes_without_room_are_dropped),
		TTY(tty_line, a_receiver_that_is_off_hears_nothing),
		TTY(tty_line, stopped_output_waits_for_its_start),
		TTY(tty_line, a_break_is_sent_for_its_time),
	};

	return cmocka_run_group_tests_name("unit.tty_line", tests, fixture_setup, fixture_teardown);
}
