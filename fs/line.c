/*
 * Lines. Bytes come and go in interrupts; kernel code runs with interrupts masked, so nothing needs a lock.
 */
#include "line.h"

#include <fs/poll.h>
#include <proc/user.h>

void line_init(struct line *line, const struct line_driver *driver, uint8_t *in, unsigned in_size, uint8_t *out, unsigned out_size)
{
	*line = (struct line){
		.in = {.bytes = in, .size = (uint16_t)in_size},
		.out = {.bytes = out, .size = (uint16_t)out_size},
		.driver = driver,
	};
	waitq_init(&line->readers);
	waitq_init(&line->writers);
}

static int take(struct line *line)
{
	return ring_count(&line->out) ? ring_take(&line->out) : -1;
}

static __attribute__((noinline)) int next_held(struct line *line)
{
	int byte = line->urgent ? line->urgent : -1;

	line->urgent = 0;
	return byte;
}

static __attribute__((noinline)) int next_awaited(struct line *line)
{
	poll_wake(&line->writers);
	return take(line);
}

/* Once for each byte that is shown: what is rare has its own functions, so that this one needs no frame. */
int line_next(struct line *line)
{
	if (line->urgent || line->held)
		return next_held(line);
	if (ring_count(&line->out) <= line->out.size / 2u && (!waitq_empty(&line->writers) || poll_sleepers))
		return next_awaited(line);
	return take(line);
}

void line_kick(struct line *line)
{
	if (line->urgent || (ring_count(&line->out) && !line->held))
		line->driver->start(line);
}

void line_resume(struct line *line)
{
	if (!line->paused)
		return;
	line->paused = false;
	line->driver->resume(line);
}

void line_flush_output(struct line *line)
{
	line->out.head = line->out.tail;
	poll_wake(&line->writers);
}

int line_wait_room(struct line *line, const struct file *file, unsigned reserve)
{
	while (ring_room(&line->out) <= reserve) {
		int error;

		if (file->flags & ABI_O_NONBLOCK)
			return -EAGAIN;
		line_kick(line);
		if (ring_room(&line->out) > reserve)
			return 0;
		error = waitq_sleep(&line->writers, SLEEP_INTERRUPTIBLE, TICKS_NEVER);
		if (error)
			return error;
	}
	return 0;
}

int line_wait_input(struct line *line, const struct file *file, const void *buf, size_t count, ticks_t deadline)
{
	int error;

	if (file->flags & ABI_O_NONBLOCK)
		return -EAGAIN;
	error = waitq_sleep(&line->readers, SLEEP_INTERRUPTIBLE, deadline);
	if (error)
		return error;
	return user_writable(buf, count) ? 0 : -EFAULT;
}

int line_drain(struct line *line, enum thread_sleep depth)
{
	int error = 0;

	line_kick(line);
	while (!error && ring_count(&line->out))
		error = waitq_sleep(&line->writers, depth, TICKS_NEVER);
	return error;
}
