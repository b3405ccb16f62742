/*
 * The terminal: line editing, echo, modes, blocking.
 */
#include "fixture.h"

#include <fs/tty.h>

static int fd;
static char got[512];
static long result;

static struct abi_termios cooked;

static int before(void **state)
{
	fixture_before(state);
	fd = opened("/dev/console", ABI_O_RDWR);
	assert_int_equal(sys_ioctl(fd, ABI_TCGETS, (uintptr_t)&cooked), 0);
	return 0;
}

static int after(void **state)
{
	sys_ioctl(fd, ABI_TCSETSF, (uintptr_t)&cooked);
	return fixture_after(state);
}

static void set_raw(uint8_t min, uint8_t time)
{
	struct abi_termios raw = cooked;

	raw.c_lflag &= ~(uint32_t)(ABI_ICANON | ABI_ECHO);
	raw.c_iflag = 0;
	raw.c_oflag = 0;
	raw.c_cc[ABI_VMIN] = min;
	raw.c_cc[ABI_VTIME] = time;
	assert_int_equal(sys_ioctl(fd, ABI_TCSETS, (uintptr_t)&raw), 0);
}

/* Reads up to count bytes; the text is in `got`. */
static long take(size_t count)
{
	long n = sys_read(fd, got, count);

	got[n > 0 ? n : 0] = '\0';
	return n;
}

static void a_line_is_read_when_it_is_whole(void **state)
{
	(void)state;
	assert_int_equal(sys_fcntl(fd, ABI_F_SETFL, ABI_O_NONBLOCK), 0);
	type("hel");
	assert_int_equal(take(100), -EAGAIN);
	type("lo\r");
	assert_int_equal(take(100), 6);
	assert_string_equal(got, "hello\n");
	assert_string_equal(sent(), "hello\r\n");
	type("one\ntwo\n");
	assert_int_equal(take(100), 4);
	assert_string_equal(got, "one\n");
	assert_int_equal(take(2), 2);
	assert_int_equal(take(100), 2);
	assert_string_equal(got, "o\n");
}

static void erase_and_kill_edit_the_line(void **state)
{
	(void)state;
	type("ab\x7f"
	     "c\n");
	assert_int_equal(take(100), 3);
	assert_string_equal(got, "ac\n");
	assert_string_equal(sent(), "ab\b \bc\r\n");
	type("\x7f\x7fx\n");
	assert_int_equal(take(100), 2);
	assert_string_equal(sent(), "x\r\n");
	type("rubbish\x15good\n");
	assert_int_equal(take(100), 5);
	assert_string_equal(got, "good\n");
	assert_string_equal(sent(), "rubbish^U\r\ngood\r\n");
	type("a\x01\x7f\x7f\xc3\xa4\x7f\n");
	assert_int_equal(take(100), 1);
	assert_string_equal(sent(), "a^A\b \b\b \b\b \b\xc3\xa4\b \b\r\n");
	type("done\n\x7f\n"); /* a finished line is out of reach */
	assert_int_equal(take(100), 5);
	assert_int_equal(take(100), 1);
}

static void end_of_file_is_read_once(void **state)
{
	(void)state;
	type("\x04");
	assert_int_equal(take(100), 0);
	type("abc\x04");
	assert_int_equal(take(100), 3);
	assert_string_equal(got, "abc");
	type("abc\x04rest\n");
	assert_int_equal(take(3), 3); /* just what was asked for: the end of this line is no end of file */
	assert_int_equal(take(100), 5);
	type("x\n\x04");
	assert_int_equal(take(100), 2);
	assert_int_equal(take(100), 0);
	assert_string_equal(sent(), "abcabcrest\r\nx\r\n");
}

static void a_line_longer_than_the_ring_loses_its_rest(void **state)
{
	(void)state;
	for (int i = 0; i < 400; i++)
		type("y");
	type("\n");
	assert_int_equal(take(512), 256);
	assert_int_equal(got[255], '\n');
	sent();
}

static void type_ahead_holds_the_line_up(void **state)
{
	static char text[1200];
	size_t total = 0;
	long n;

	(void)state;
	for (int i = 0; i < 100; i++)
		sprintf(text + 12 * i, "line %05d\n", i), text[12 * i + 11] = '\n';
	serial_input(text, sizeof text);
	assert_true(console.held_count > 0);
	while (total < sizeof text) {
		n = take(100);
		assert_true(n > 0);
		assert_memory_equal(got, text + total, (size_t)n);
		total += (size_t)n;
	}
	assert_int_equal(console.held_count, 0);
	sent();
}

static void raw_mode_gives_every_byte(void **state)
{
	int count;

	(void)state;
	set_raw(1, 0);
	type("\r\x04\x7f\x15");
	assert_int_equal(sys_ioctl(fd, ABI_FIONREAD, (uintptr_t)&count), 0);
	assert_int_equal(count, 4);
	assert_int_equal(take(100), 4);
	assert_string_equal(got, "\r\x04\x7f\x15");
	assert_string_equal(sent(), "");
	assert_int_equal(sys_write(fd, "a\n", 2), 2);
	assert_string_equal(sent(), "a\n");
}

static void a_line_under_way_is_readable_in_raw_mode(void **state)
{
	(void)state;
	type("half");
	set_raw(1, 0);
	assert_int_equal(take(100), 4);
	type("more");
	assert_int_equal(sys_ioctl(fd, ABI_TCSETS, (uintptr_t)&cooked), 0);
	assert_int_equal(take(100), 4);
	type("dropped");
	assert_int_equal(sys_ioctl(fd, ABI_TCSETSF, (uintptr_t)&cooked), 0);
	type("x\n");
	assert_int_equal(take(100), 2);
	sent();
}

static void reader(void *arg)
{
	(void)arg;
	result = take(5);
}

static void min_and_time_rule_raw_reads(void **state)
{
	(void)state;
	set_raw(0, 0);
	assert_int_equal(take(5), 0);
	set_raw(3, 0);
	result = 99;
	spawn(reader, 10);
	host_run();
	type("ab");
	host_run();
	assert_int_equal(result, 99);
	type("c");
	host_run();
	assert_int_equal(result, 3);
	set_raw(0, 2);
	result = 99;
	spawn(reader, 10);
	uint64_t start = host_time();
	host_run();
	assert_int_equal(result, 0);
	assert_int_equal(host_time() - start, ARCH_TIMER_HZ / 5);
	set_raw(5, 1);
	result = 99;
	spawn(reader, 10);
	host_run();
	assert_int_equal(result, 99); /* the timer starts with the first byte */
	type("z");
	host_run();
	assert_int_equal(result, 1);
}

static void a_reader_sleeps_until_a_line_is_whole(void **state)
{
	struct thread *thread;

	(void)state;
	result = 99;
	spawn(reader, 10);
	host_run();
	type("ab");
	host_run();
	assert_int_equal(result, 99);
	type("\n");
	host_run();
	assert_int_equal(result, 3);
	result = 99;
	thread = spawn(reader, 10);
	host_run();
	thread_interrupt(thread, SLEEP_INTERRUPTIBLE);
	host_run();
	assert_int_equal(result, -EINTR);
	sent();
}

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

static void settings_are_checked(void **state)
{
	struct abi_winsize size = {50, 132, 0, 0}, old;

	(void)state;
	assert_int_equal(sys_ioctl(fd, ABI_TIOCGWINSZ, (uintptr_t)&old), 0);
	assert_int_equal(old.ws_col, 80);
	assert_int_equal(sys_ioctl(fd, ABI_TIOCSWINSZ, (uintptr_t)&size), 0);
	assert_int_equal(sys_ioctl(fd, ABI_TIOCGWINSZ, (uintptr_t)&size), 0);
	assert_int_equal(size.ws_row, 50);
	assert_int_equal(sys_ioctl(fd, ABI_TIOCSWINSZ, (uintptr_t)&old), 0);
	assert_int_equal(sys_ioctl(fd, 0x1234, 0), -ENOTTY);
	process.space->brk = process.space->base;
	assert_int_equal(sys_ioctl(fd, ABI_TCGETS, (uintptr_t)&size), -EFAULT);
	assert_int_equal(sys_ioctl(fd, ABI_TCSETS, (uintptr_t)&size), -EFAULT);
	process.space->brk = UINTPTR_MAX;
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

static void without_iutf8_a_byte_is_a_character(void **state)
{
	struct abi_termios bytes = cooked;

	(void)state;
	bytes.c_iflag &= ~(uint32_t)ABI_IUTF8;
	assert_int_equal(sys_ioctl(fd, ABI_TCSETS, (uintptr_t)&bytes), 0);
	type("\xc3\xa4\x7f\n");
	assert_int_equal(take(10), 2);
	assert_memory_equal(got, "\xc3\n", 2);
	sent();
}

static void new_settings_leave_the_line_being_typed_alone(void **state)
{
	struct abi_termios quiet = cooked;

	(void)state;
	assert_int_equal(sys_fcntl(fd, ABI_F_SETFL, ABI_O_NONBLOCK), 0);
	type("ab");
	quiet.c_lflag &= ~(uint32_t)ABI_ECHO;
	assert_int_equal(sys_ioctl(fd, ABI_TCSETS, (uintptr_t)&quiet), 0);
	assert_int_equal(take(10), -EAGAIN);
	type("\x7f"
	     "c\n");
	assert_int_equal(take(10), 3);
	assert_string_equal(got, "ac\n");
	sent();
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

#define TTY(name)                                            \
	{                                                    \
		"unit.tty." #name, name, before, after, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TTY(a_line_is_read_when_it_is_whole),
		TTY(erase_and_kill_edit_the_line),
		TTY(end_of_file_is_read_once),
		TTY(a_line_longer_than_the_ring_loses_its_rest),
		TTY(type_ahead_holds_the_line_up),
		TTY(raw_mode_gives_every_byte),
		TTY(a_line_under_way_is_readable_in_raw_mode),
		TTY(min_and_time_rule_raw_reads),
		TTY(a_reader_sleeps_until_a_line_is_whole),
		TTY(a_writer_sleeps_while_the_line_is_slow),
		TTY(drain_waits_for_the_last_byte),
		TTY(nonblocking_writes_say_how_much),
		TTY(settings_are_checked),
		TTY(breaks_and_bad_bytes_follow_the_input_flags),
		TTY(bad_bytes_without_room_are_dropped),
		TTY(a_receiver_that_is_off_hears_nothing),
		TTY(stopped_output_waits_for_its_start),
		TTY(without_iutf8_a_byte_is_a_character),
		TTY(new_settings_leave_the_line_being_typed_alone),
		TTY(a_break_is_sent_for_its_time),
	};

	return cmocka_run_group_tests_name("unit.tty", tests, fixture_setup, fixture_teardown);
}
