/*
 * The console line. Bytes come and go in interrupts; kernel code runs with interrupts masked, so nothing needs
 * a lock.
 */
#include "line.h"

#include <fs/tty.h>
#include <proc/user.h>

static uint8_t input[LINE_INPUT], output[LINE_OUTPUT];

struct line line = {
	.in = {.bytes = input, .size = LINE_INPUT},
	.out = {.bytes = output, .size = LINE_OUTPUT},
	.readers = WAITQ_INIT(line.readers),
	.writers = WAITQ_INIT(line.writers),
};

int line_transmit(struct serial *serial)
{
	(void)serial;
	if (ring_count(&line.out) <= LINE_OUTPUT / 2 && !waitq_empty(&line.writers))
		waitq_wake_all(&line.writers, 0);
	return ring_count(&line.out) ? ring_take(&line.out) : -1;
}

void line_kick(void)
{
	if (ring_count(&line.out))
		board_console->ops->transmit_start(board_console);
}

void line_resume(void)
{
	if (!line.paused)
		return;
	line.paused = false;
	board_console->ops->receive_resume(board_console);
}

int line_wait_room(const struct file *file, unsigned reserve)
{
	while (ring_room(&line.out) <= reserve) {
		int error;

		if (file->flags & ABI_O_NONBLOCK)
			return -EAGAIN;
		line_kick();
		if (ring_room(&line.out) > reserve)
			return 0;
		error = waitq_sleep(&line.writers, SLEEP_INTERRUPTIBLE, TICKS_NEVER);
		if (error)
			return error;
	}
	return 0;
}

int line_wait_input(const struct file *file, const void *buf, size_t count, ticks_t deadline)
{
	int error;

	if (file->flags & ABI_O_NONBLOCK)
		return -EAGAIN;
	error = waitq_sleep(&line.readers, SLEEP_INTERRUPTIBLE, deadline);
	if (error)
		return error;
	return user_writable(buf, count) ? 0 : -EFAULT;
}

void tty_drain(void)
{
	line_kick();
	while (ring_count(&line.out))
		waitq_sleep(&line.writers, SLEEP_UNINTERRUPTIBLE, TICKS_NEVER);
}
