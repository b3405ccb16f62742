/*
 * The terminal: line editing, echo, modes, blocking.
 */
#include "terminal.h"

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

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TTY(tty, a_line_is_read_when_it_is_whole),
		TTY(tty, erase_and_kill_edit_the_line),
		TTY(tty, end_of_file_is_read_once),
		TTY(tty, a_line_longer_than_the_ring_loses_its_rest),
		TTY(tty, type_ahead_holds_the_line_up),
		TTY(tty, raw_mode_gives_every_byte),
		TTY(tty, a_line_under_way_is_readable_in_raw_mode),
		TTY(tty, min_and_time_rule_raw_reads),
		TTY(tty, a_reader_sleeps_until_a_line_is_whole),
		TTY(tty, settings_are_checked),
		TTY(tty, without_iutf8_a_byte_is_a_character),
		TTY(tty, new_settings_leave_the_line_being_typed_alone),
	};

	return cmocka_run_group_tests_name("unit.tty", tests, fixture_setup, fixture_teardown);
}
