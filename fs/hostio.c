/*
 * The console line as a clean channel of bytes to and from the host, for the test runner: no terminal, no
 * conversion. Input is escaped, since it must carry an end: DLE DLE is the byte DLE, DLE EOT is the end of
 * input, after which reads return 0. Nothing is lost: without room the driver holds the line up. The channel
 * says DC1 (XON) when it takes the line over: before that, bytes could get lost in a UART that is being set up.
 */
#include "tty_line.h"

#include <fs/poll.h>
#include <proc/user.h>

#define DLE 0x10
#define EOT 0x04
#define DC1 0x11

static struct {
	bool escaped; /* the last byte was an unpaired DLE */
	bool ended;   /* nothing after the bytes in the ring */
} hostio;

static struct line *const line = &tty_console.line;

static bool hostio_receive(struct serial *serial, uint8_t byte)
{
	(void)serial;
	if (hostio.ended)
		return true;
	if (!hostio.escaped && byte == DLE) {
		hostio.escaped = true;
		return true;
	}
	if (hostio.escaped && byte == EOT) {
		hostio.ended = true;
		poll_wake(&line->readers);
		return true;
	}
	if (!ring_room(&line->in)) {
		line->paused = true;
		return false;
	}
	hostio.escaped = false;
	ring_put(&line->in, byte);
	poll_wake(&line->readers);
	return true;
}

static void hostio_receive_error(struct serial *serial, uint8_t byte, bool is_break)
{
	(void)serial, (void)byte, (void)is_break;
}

static int hostio_transmit(struct serial *serial)
{
	(void)serial;
	return line_next(line);
}

static const struct serial_client hostio_client = {
	.receive = hostio_receive,
	.receive_error = hostio_receive_error,
	.transmit = hostio_transmit,
};

int hostio_open(struct file *file)
{
	(void)file;
	if (board_console->client == &hostio_client)
		return 0;
	console_line();
	tty_console.state = TTY_DETACHED;
	line->held = line->urgent = 0;
	serial_attach(board_console, &hostio_client);
	if (ring_room(&line->out))
		ring_put(&line->out, DC1);
	line_kick(line);
	return 0;
}

static long hostio_read(struct file *file, void *buf, size_t count)
{
	uint8_t *bytes = buf;
	size_t done = 0;

	if (count == 0)
		return 0;
	while (!ring_count(&line->in)) {
		int error;

		if (hostio.ended)
			return 0;
		error = line_wait_input(line, file, buf, count, TICKS_NEVER);
		if (error)
			return error;
	}
	while (done < count && ring_count(&line->in))
		bytes[done++] = ring_take(&line->in);
	line_resume(line);
	return (long)done;
}

static long hostio_write(struct file *file, const void *buf, size_t count)
{
	const uint8_t *bytes = buf;

	for (size_t done = 0; done < count; done++) {
		if (!ring_room(&line->out)) {
			int error = line_wait_room(line, file, 0);

			if (!error && !user_readable(bytes + done, count - done))
				error = -EFAULT;
			if (error)
				return done ? (long)done : error;
		}
		ring_put(&line->out, bytes[done]);
	}
	line_kick(line);
	return (long)count;
}

static int hostio_ioctl(struct file *file, unsigned long request, uintptr_t arg)
{
	int count = (int)ring_count(&line->in);

	(void)file;
	return request == ABI_FIONREAD ? user_copy_out((void *)arg, &count, sizeof(count)) : -ENOTTY;
}

static unsigned hostio_poll(struct file *file)
{
	(void)file;
	return (ring_count(&line->in) || hostio.ended ? ABI_POLLIN : 0) | (ring_room(&line->out) ? ABI_POLLOUT : 0);
}

const struct file_ops hostio_ops = {
	.read = hostio_read,
	.write = hostio_write,
	.ioctl = hostio_ioctl,
	.poll = hostio_poll,
};
