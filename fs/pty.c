/*
 * Pseudo-terminals: a terminal (the slave) whose line ends in a file (the master) instead of a driver. What is written to the master is the terminal's input, what
 * the terminal sends is read from the master. Nothing is allocated but by opening /dev/ptmx: one block, which goes when both sides are closed.
 *
 *	master  -- write --> tty_input --> line.in  --> read --  slaves (/dev/pts/N, /dev/tty)
 *	master <-- read  --- line_next <-- line.out <-- write -- slaves
 *
 * The master's end hangs the terminal up. The end of the last slave is told to the master by EIO, after the data, until a slave is opened again (as on
 * Linux; POSIX leaves it open).
 */
#include "pty.h"

#include <fs/poll.h>
#include <kernel/mem.h>
#include <kernel/thread.h>
#include <proc/user.h>

#include "tty_jobs.h"

#define OUTPUT 128
#define STRETCH 64 /* bytes that the master writes without a preemption point */

struct pty {
	struct tty tty;       /* first */
	struct waitq masters; /* sleep until there is output, or room for input */
	uint16_t slaves;      /* open files of the terminal */
	bool master;          /* is open */
	bool locked;          /* slaves cannot be opened: before unlockpt */
	bool left;            /* the last slave was closed, and none was opened since */
	uint8_t input[LINE_INPUT], output[OUTPUT];
};

static void wake_masters(struct line *line)
{
	poll_wake(&((struct pty *)line)->masters);
}

static void free_if_unused(struct pty *pty)
{
	struct tty *before = &tty_console;

	if (pty->master || pty->slaves)
		return;
	while (before->next != &pty->tty)
		before = before->next;
	before->next = pty->tty.next;
	mem_free(pty);
}

static int slave_opened(struct line *line)
{
	struct pty *pty = (struct pty *)line;

	if (pty->locked)
		return -EIO;
	pty->slaves++;
	pty->left = false;
	return 0;
}

static void slave_closed(struct line *line)
{
	struct pty *pty = (struct pty *)line;

	if (--pty->slaves)
		return;
	pty->left = true;
	line->held = 0;
	tty_flush_input(&pty->tty);
	wake_masters(line);
	free_if_unused(pty);
}

static const struct line_driver driver = {
	.start = wake_masters,
	.resume = wake_masters,
	.opened = slave_opened,
	.closed = slave_closed,
};

struct tty *pty_after(unsigned number)
{
	struct tty *tty = tty_console.next;

	while (tty && (tty->number <= number || !((struct pty *)tty)->master))
		tty = tty->next;
	return tty;
}

/* Takes the lowest free number. */
static int add_numbered(struct tty *tty)
{
	struct tty *before = &tty_console;

	while (before->next && before->next->number == before->number + 1)
		before = before->next;
	if (before->number == PTY_NUMBER_MAX)
		return -EAGAIN;
	tty->number = (uint8_t)(before->number + 1);
	tty->next = before->next;
	before->next = tty;
	return 0;
}

int ptmx_open(struct file *file)
{
	struct pty *pty = mem_zalloc(sizeof(*pty));
	int error;

	if (!pty)
		return -ENOMEM;
	line_init(&pty->tty.line, &driver, pty->input, sizeof(pty->input), pty->output, sizeof(pty->output));
	tty_init(&pty->tty);
	waitq_init(&pty->masters);
	pty->master = pty->locked = true;
	error = add_numbered(&pty->tty);
	if (error) {
		mem_free(pty);
		return error;
	}
	file->data = pty;
	return 0;
}

/* 0, -EAGAIN (O_NONBLOCK) or -EINTR. */
static int wait(struct pty *pty, const struct file *file)
{
	return file->flags & ABI_O_NONBLOCK ? -EAGAIN : waitq_sleep(&pty->masters, SLEEP_INTERRUPTIBLE, TICKS_NEVER);
}

static long master_read(struct file *file, void *buf, size_t count)
{
	struct pty *pty = file->data;
	uint8_t *bytes = buf;
	size_t done = 0;

	while (count) {
		int byte, error;

		while (done < count && (byte = line_next(&pty->tty.line)) >= 0)
			bytes[done++] = (uint8_t)byte;
		if (done)
			break;
		error = pty->left ? -EIO : wait(pty, file);
		if (!error && !user_writable(buf, count))
			error = -EFAULT;
		if (error)
			return error;
	}
	return (long)done;
}

static long master_write(struct file *file, const void *buf, size_t count)
{
	struct pty *pty = file->data;
	const uint8_t *bytes = buf;

	for (size_t done = 0; done < count;) {
		int error = 0;

		if (tty_input(&pty->tty, bytes[done]))
			done++;
		else
			error = wait(pty, file);
		if (done % STRETCH == 0)
			thread_preempt_point();
		if (!error && !user_readable(bytes + done, count - done))
			error = -EFAULT;
		if (error)
			return done ? (long)done : error;
	}
	return (long)count;
}

static int lock(struct pty *pty, const void *from)
{
	int value, error = user_copy_in(&value, from, sizeof(value));

	if (!error)
		pty->locked = value != 0;
	return error;
}

/* What it does not know is a request to the terminal: its settings, its window. */
static int master_ioctl(struct file *file, unsigned long request, uintptr_t arg)
{
	struct pty *pty = file->data;
	int number = pty->tty.number - 1, count = (int)ring_count(&pty->tty.line.out);

	switch ((uint32_t)request) {
	case ABI_TIOCGPTN: return user_copy_out((void *)arg, &number, sizeof(number));
	case ABI_TIOCSPTLCK: return lock(pty, (const void *)arg);
	case ABI_FIONREAD: return user_copy_out((void *)arg, &count, sizeof(count));
	default: return tty_request(&pty->tty, request, arg);
	}
}

static unsigned master_poll(struct file *file)
{
	const struct pty *pty = file->data;
	const struct line *line = &pty->tty.line;
	unsigned events = line->urgent || (ring_count(&line->out) && !line->held) ? ABI_POLLIN : 0;

	return events | (line->paused ? 0 : ABI_POLLOUT) | (pty->left ? ABI_POLLHUP : 0);
}

static void master_close(struct file *file)
{
	struct pty *pty = file->data;

	pty->master = false;
	tty_hang_up(&pty->tty);
	free_if_unused(pty);
}

const struct file_ops ptmx_ops = {
	.read = master_read,
	.write = master_write,
	.ioctl = master_ioctl,
	.poll = master_poll,
	.close = master_close,
};
