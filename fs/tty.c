/*
 * The terminal as an open file: reading lines or bytes, and writing.
 */
#include "tty_line.h"

#include <kernel/string.h>
#include <proc/user.h>

#include "tty_jobs.h"

#define ECHO_RESERVE 8 /* of the output ring: keeps echo alive while a program writes; and what one byte may become */

/* One line, or as much of it as fits. An end of file ends it too, and is taken without being data. */
static size_t take_line(struct tty *tty, uint8_t *buf, size_t count)
{
	struct ring *in = &tty->line.in;
	uint8_t eof = tty->termios.c_cc[ABI_VEOF];
	size_t done = 0;

	while (done < count && tty_available(tty)) {
		uint8_t byte = ring_take(in);

		if (byte == eof && eof)
			return done;
		buf[done++] = byte;
		if (byte == '\n' || (byte && byte == tty->termios.c_cc[ABI_VEOL]))
			return done;
	}
	if (tty_available(tty) && eof && ring_first(in) == eof)
		ring_take(in); /* it ended just this line */
	return done;
}

static long read_line(struct tty *tty, struct file *file, uint8_t *buf, size_t count)
{
	size_t done;

	while (!tty_available(tty)) {
		int error = tty->state ? 0 : line_wait_input(&tty->line, file, buf, count, TICKS_NEVER);

		if (error || tty->state)
			return error;
	}
	done = take_line(tty, buf, count);
	tty_relax(tty);
	return (long)done;
}

static size_t take_bytes(struct tty *tty, uint8_t *buf, size_t count)
{
	size_t done = 0;

	while (done < count && ring_count(&tty->line.in))
		buf[done++] = ring_take(&tty->line.in);
	tty->edit = tty->line.in.head;
	tty_relax(tty); /* the sender may have to go on before VMIN is reached */
	return done;
}

/* Non-canonical: the four cases of VMIN and VTIME (POSIX, General Terminal Interface, 11.1.7). With VMIN the timer starts anew with each byte, without
 * it at the beginning of the read. */
static long read_bytes(struct tty *tty, struct file *file, uint8_t *buf, size_t count)
{
	size_t min = tty->termios.c_cc[ABI_VMIN], done = 0;
	unsigned tenths = tty->termios.c_cc[ABI_VTIME];
	ticks_t span = timer_from_ns(tenths / 10, tenths % 10 * 100000000u);
	ticks_t deadline = tenths && min == 0 ? timer_now() + span : TICKS_NEVER;

	if (min > count)
		min = count;
	for (;;) {
		size_t got = take_bytes(tty, buf + done, count - done);
		int error;

		done += got;
		if ((done >= min && (done || !tenths)) || tty->state)
			return (long)done;
		if (tenths && min && got)
			deadline = timer_now() + span;
		error = line_wait_input(&tty->line, file, buf + done, count - done, deadline);
		if (error == -ETIMEDOUT || (error && done))
			return (long)done;
		if (error)
			return error;
	}
}

static long tty_read(struct file *file, void *buf, size_t count)
{
	struct tty *tty = file->data;
	int error;

	if (tty->state == TTY_DETACHED)
		return -EIO;
	if (count == 0)
		return 0;
	error = tty_jobs_check(tty, ABI_SIGTTIN);
	if (error)
		return error < 0 ? error : 0; /* a borrower reads end of file */
	return tty_canonical(tty) ? read_line(tty, file, buf, count) : read_bytes(tty, file, buf, count);
}

/* Sleeps until a byte can be written, whatever it becomes. 0, or why not; the rest of the caller's bytes is looked at again. */
static int wait_room(struct tty *tty, const struct file *file, const uint8_t *rest, size_t count)
{
	int error = line_wait_room(&tty->line, file, ECHO_RESERVE + 1);

	if (!error && tty->state == TTY_HUNG_UP)
		error = -EIO;
	if (!error && !user_readable(rest, count))
		error = -EFAULT;
	return error;
}

static long tty_write(struct file *file, const void *buf, size_t count)
{
	struct tty *tty = file->data;
	const uint8_t *bytes = buf;
	unsigned limit = tty_output_limit(tty);

	if (tty->state == TTY_HUNG_UP)
		return -EIO;
	if (tty->termios.c_lflag & ABI_TOSTOP) {
		int error = tty_jobs_check(tty, ABI_SIGTTOU);

		if (error < 0)
			return error;
	}
	for (size_t done = 0; done < count; done++) {
		if (ring_room(&tty->line.out) <= ECHO_RESERVE + 1) {
			int error = wait_room(tty, file, bytes + done, count - done);

			if (error)
				return done ? (long)done : error;
			limit = tty_output_limit(tty);
		}
		if (bytes[done] < limit)
			tty_output(tty, bytes[done]);
		else
			ring_put(&tty->line.out, bytes[done]);
	}
	line_kick(&tty->line);
	return (long)count;
}

static int tty_ioctl(struct file *file, unsigned long request, uintptr_t arg)
{
	return tty_request(file->data, request, arg);
}

static unsigned tty_poll(struct file *file)
{
	const struct tty *tty = file->data;
	unsigned events = tty_available(tty) ? ABI_POLLIN : 0;

	if (tty->state == TTY_HUNG_UP)
		return ABI_POLLIN | ABI_POLLHUP;
	return ring_room(&tty->line.out) > ECHO_RESERVE + 1 ? events | ABI_POLLOUT : events;
}

static void tty_close(struct file *file)
{
	struct tty *tty = file->data;

	if (tty->line.driver->closed)
		tty->line.driver->closed(&tty->line);
}

const struct file_ops tty_ops = {
	.read = tty_read,
	.write = tty_write,
	.ioctl = tty_ioctl,
	.poll = tty_poll,
	.close = tty_close,
};

int tty_open(struct tty *tty, struct file *file)
{
	const struct line_driver *driver = tty->line.driver;
	int error = tty->state == TTY_HUNG_UP ? -EIO : 0;

	if (!error && driver->opened)
		error = driver->opened(&tty->line);
	if (error)
		return error;
	file->data = tty;
	if (!(file->flags & ABI_O_NOCTTY))
		tty_jobs_opened(tty);
	return 0;
}

int tty_open_own(struct file *file)
{
	struct tty *tty = tty_of_session(process_current()->session);

	return tty ? tty_open(tty, file) : -ENXIO;
}
