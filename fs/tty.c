/*
 * The terminal as an open file: reading lines or bytes, writing, and its settings.
 */
#include <fs/tty.h>
#include <kernel/string.h>
#include <proc/user.h>

#include "line.h"
#include "tty_jobs.h"
#include "tty_line.h"

#define ECHO_RESERVE 8 /* of the output ring: keeps echo alive while a program writes */

/* After the host took the line over, there is no terminal input any more. */
static bool detached(void)
{
	return board_console->client != &tty_client;
}

/* One line, or as much of it as fits. An end of file ends it too, and is taken without being data. */
static size_t take_line(uint8_t *buf, size_t count)
{
	uint8_t eof = tty.termios.c_cc[ABI_VEOF];
	size_t done = 0;

	while (done < count && tty_available()) {
		uint8_t byte = ring_take(&line.in);

		if (byte == eof && eof)
			return done;
		buf[done++] = byte;
		if (byte == '\n' || (byte && byte == tty.termios.c_cc[ABI_VEOL]))
			return done;
	}
	if (tty_available() && eof && ring_first(&line.in) == eof)
		ring_take(&line.in); /* it ended just this line */
	return done;
}

static long read_line(struct file *file, uint8_t *buf, size_t count)
{
	while (!tty_available()) {
		int error = line_wait_input(file, buf, count, TICKS_NEVER);

		if (error)
			return error;
	}
	return (long)take_line(buf, count);
}

static size_t take_bytes(uint8_t *buf, size_t count)
{
	size_t done = 0;

	while (done < count && ring_count(&line.in))
		buf[done++] = ring_take(&line.in);
	tty.edit = line.in.head;
	return done;
}

/* Non-canonical: the four cases of VMIN and VTIME (POSIX, General Terminal Interface, 11.1.7). */
static long read_bytes(struct file *file, uint8_t *buf, size_t count)
{
	size_t min = tty.termios.c_cc[ABI_VMIN], done = 0;
	unsigned tenths = tty.termios.c_cc[ABI_VTIME];

	if (min > count)
		min = count;
	for (;;) {
		ticks_t deadline = TICKS_NEVER;
		int error;

		done += take_bytes(buf + done, count - done);
		if (done >= min && (done || !tenths))
			return (long)done;
		if (tenths && (min == 0 || done))
			deadline = timer_now() + timer_from_ns(tenths / 10, tenths % 10 * 100000000u);
		error = line_wait_input(file, buf + done, count - done, deadline);
		if (error == -ETIMEDOUT || (error && done))
			return (long)done;
		if (error)
			return error;
	}
}

static long tty_read(struct file *file, void *buf, size_t count)
{
	long result;

	if (detached())
		return -EIO;
	if (count == 0)
		return 0;
	result = tty_jobs_check(ABI_SIGTTIN);
	if (result)
		return result < 0 ? result : 0; /* a borrower reads end of file */
	result = tty_canonical() ? read_line(file, buf, count) : read_bytes(file, buf, count);
	line_resume();
	return result;
}

static long tty_write(struct file *file, const void *buf, size_t count)
{
	const uint8_t *bytes = buf;
	bool crlf = (tty.termios.c_oflag & (ABI_OPOST | ABI_ONLCR)) == (ABI_OPOST | ABI_ONLCR) && !detached();

	if (tty.termios.c_lflag & ABI_TOSTOP) {
		int error = tty_jobs_check(ABI_SIGTTOU);

		if (error < 0)
			return error;
	}
	for (size_t done = 0; done < count; done++) {
		if (ring_room(&line.out) <= ECHO_RESERVE + 1) {
			int error = line_wait_room(file, ECHO_RESERVE + 1);

			if (!error && !user_readable(bytes + done, count - done))
				error = -EFAULT;
			if (error)
				return done ? (long)done : error;
		}
		if (bytes[done] == '\n' && crlf)
			ring_put(&line.out, '\r');
		ring_put(&line.out, bytes[done]);
	}
	line_kick();
	return (long)count;
}

static int set_termios(unsigned long request, uintptr_t arg)
{
	struct abi_termios termios;
	int error = tty_jobs_check(ABI_SIGTTOU);

	if (error < 0)
		return error;
	if (request != ABI_TCSETS)
		tty_drain();
	error = user_copy_in(&termios, (const void *)arg, sizeof(termios));
	if (error)
		return error;
	if (request == ABI_TCSETSF)
		line.in.head = line.in.tail;
	tty.termios = termios;
	tty_commit();
	line_resume();
	return 0;
}

static int tty_ioctl(struct file *file, unsigned long request, uintptr_t arg)
{
	int count;

	(void)file;
	if (detached())
		return -EIO;
	switch (request) {
	case ABI_TCGETS:
		return user_copy_out((void *)arg, &tty.termios, sizeof(tty.termios));
	case ABI_TCSETS:
	case ABI_TCSETSW:
	case ABI_TCSETSF:
		return set_termios(request, arg);
	case ABI_TIOCGWINSZ:
		return user_copy_out((void *)arg, &tty.winsize, sizeof(tty.winsize));
	case ABI_TIOCSWINSZ:
		return user_copy_in(&tty.winsize, (const void *)arg, sizeof(tty.winsize));
	case ABI_FIONREAD:
		count = (int)tty_available();
		return user_copy_out((void *)arg, &count, sizeof(count));
	default:
		return tty_jobs_ioctl(request, arg);
	}
}

const struct file_ops tty_ops = {
	.read = tty_read,
	.write = tty_write,
	.ioctl = tty_ioctl,
};

int tty_open(struct file *file)
{
	if (!board_console->client)
		serial_attach(board_console, &tty_client);
	tty_jobs_opened(file);
	return 0;
}
