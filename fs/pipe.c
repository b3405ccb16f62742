/*
 * Pipes. Two open files, one for each end, share a ring of ABI_PIPE_BUF bytes, so that a write of that size can
 * be taken whole; a board with little memory may have less. An end may have many descriptors; its file is closed with the last of them, which is what
 * makes end of file and EPIPE.
 */
#include <fs/file.h>
#include <fs/poll.h>
#include <kernel/config.h>
#include <kernel/mem.h>
#include <kernel/string.h>
#include <proc/process.h>
#include <proc/signal.h>
#include <proc/syscalls.h>
#include <proc/user.h>

#define PIPE_SIZE ((size_t)CONFIG_PIPE_SIZE)
#define PIPE_WHOLE (PIPE_SIZE < ABI_PIPE_BUF ? PIPE_SIZE : ABI_PIPE_BUF) /* up to there a write is atomic */
_Static_assert((PIPE_SIZE & (PIPE_SIZE - 1)) == 0, "positions wrap by masking");

struct pipe {
	uint16_t head, count; /* first byte to read, bytes to read */
	bool reader, writer;  /* the ends that are open */
	struct waitq readers; /* sleep while it is empty */
	struct waitq writers; /* sleep while there is no room */
	uint8_t ring[PIPE_SIZE];
};

static void take(struct pipe *pipe, uint8_t *to, size_t count)
{
	size_t straight = PIPE_SIZE - pipe->head;

	if (straight > count)
		straight = count;
	memcpy(to, pipe->ring + pipe->head, straight);
	if (count > straight)
		memcpy(to + straight, pipe->ring, count - straight);
	pipe->head = (uint16_t)((pipe->head + count) & (PIPE_SIZE - 1));
	pipe->count = (uint16_t)(pipe->count - count);
}

static void put(struct pipe *pipe, const uint8_t *from, size_t count)
{
	size_t tail = (pipe->head + pipe->count) & (PIPE_SIZE - 1), straight = PIPE_SIZE - tail;

	if (straight > count)
		straight = count;
	memcpy(pipe->ring + tail, from, straight);
	if (count > straight)
		memcpy(pipe->ring, from + straight, count - straight);
	pipe->count = (uint16_t)(pipe->count + count);
}

static long pipe_read(struct file *file, void *buf, size_t count)
{
	struct pipe *pipe = file->data;

	if (count == 0)
		return 0;
	while (pipe->count == 0) {
		int error;

		if (!pipe->writer)
			return 0;
		if (file->flags & ABI_O_NONBLOCK)
			return -EAGAIN;
		error = waitq_sleep(&pipe->readers, SLEEP_INTERRUPTIBLE, TICKS_NEVER);
		if (error)
			return error;
		if (!user_writable(buf, count))
			return -EFAULT;
	}
	if (count > pipe->count)
		count = pipe->count;
	take(pipe, buf, count);
	poll_wake(&pipe->writers);
	return (long)count;
}

/* Waits until `room` bytes fit. 0, -EPIPE, -EAGAIN, -EINTR, or -EFAULT when the caller's bytes went away
 * meanwhile. */
static int wait_for_room(struct file *file, size_t room, const void *rest, size_t count)
{
	struct pipe *pipe = file->data;

	while (pipe->reader && PIPE_SIZE - pipe->count < room) {
		int error;

		if (file->flags & ABI_O_NONBLOCK)
			return -EAGAIN;
		error = waitq_sleep(&pipe->writers, SLEEP_INTERRUPTIBLE, TICKS_NEVER);
		if (error)
			return error;
		if (!user_readable(rest, count))
			return -EFAULT;
	}
	if (pipe->reader)
		return 0;
	signal_send(process_current(), ABI_SIGPIPE);
	return -EPIPE;
}

static long pipe_write(struct file *file, const void *buf, size_t count)
{
	struct pipe *pipe = file->data;
	size_t room = count <= PIPE_WHOLE ? count : 1;
	size_t done = 0;

	while (done < count) {
		const uint8_t *rest = (const uint8_t *)buf + done;
		size_t part = count - done;
		int error = wait_for_room(file, room, rest, part);

		if (error)
			return done ? (long)done : error;
		if (part > PIPE_SIZE - pipe->count)
			part = PIPE_SIZE - pipe->count;
		put(pipe, rest, part);
		poll_wake(&pipe->readers);
		done += part;
	}
	return (long)done;
}

static int pipe_ioctl(struct file *file, unsigned long request, uintptr_t arg)
{
	struct pipe *pipe = file->data;
	int count = pipe->count;

	return request == ABI_FIONREAD ? user_copy_out((void *)arg, &count, sizeof(count)) : -ENOTTY;
}

/* Readable also at the end of the file; writable when an atomic write would not sleep. */
static unsigned poll_reader(struct file *file)
{
	const struct pipe *pipe = file->data;

	return (pipe->count ? ABI_POLLIN : 0) | (pipe->writer ? 0 : ABI_POLLHUP);
}

static unsigned poll_writer(struct file *file)
{
	const struct pipe *pipe = file->data;

	return pipe->reader ? (pipe->count ? 0 : ABI_POLLOUT) : ABI_POLLERR;
}

static int pipe_stat(struct file *file, struct abi_stat *st)
{
	struct pipe *pipe = file->data;

	memset(st, 0, sizeof(*st));
	st->st_ino = (uint32_t)(uintptr_t)pipe;
	st->st_mode = ABI_S_IFIFO | 0600;
	st->st_nlink = 1;
	st->st_size = pipe->count;
	st->st_blksize = PIPE_SIZE;
	return 0;
}

static void free_if_unused(struct pipe *pipe)
{
	if (!pipe->reader && !pipe->writer)
		mem_free(pipe);
}

static void close_reader(struct file *file)
{
	struct pipe *pipe = file->data;

	pipe->reader = false;
	poll_wake(&pipe->writers);
	free_if_unused(pipe);
}

static void close_writer(struct file *file)
{
	struct pipe *pipe = file->data;

	pipe->writer = false;
	poll_wake(&pipe->readers);
	free_if_unused(pipe);
}

static const struct file_ops reader_ops = {
	.read = pipe_read,
	.ioctl = pipe_ioctl,
	.poll = poll_reader,
	.stat = pipe_stat,
	.close = close_reader,
};

static const struct file_ops writer_ops = {
	.write = pipe_write,
	.ioctl = pipe_ioctl,
	.poll = poll_writer,
	.stat = pipe_stat,
	.close = close_writer,
};

/* A new pipe; the files of its ends hold it. 0 or -ENOMEM. */
static int pipe_create(uint32_t flags, struct file **reader, struct file **writer)
{
	struct pipe *pipe = mem_alloc(sizeof(*pipe));

	if (!pipe)
		goto fail;
	*reader = file_alloc(&reader_ops, ABI_O_RDONLY | flags);
	if (!*reader)
		goto fail_pipe;
	*writer = file_alloc(&writer_ops, ABI_O_WRONLY | flags);
	if (!*writer)
		goto fail_reader;
	pipe->head = pipe->count = 0;
	pipe->reader = pipe->writer = true;
	waitq_init(&pipe->readers);
	waitq_init(&pipe->writers);
	(*reader)->data = (*writer)->data = pipe;
	return 0;

fail_reader:
	(*reader)->ops = NULL;
	file_release(*reader);
fail_pipe:
	mem_free(pipe);
fail:
	return -ENOMEM;
}

long sys_pipe2(int *fds, int flags)
{
	struct fdtable *table = &process_current()->files;
	bool cloexec = flags & ABI_O_CLOEXEC;
	struct file *reader, *writer;
	int error, fd[2];

	if (flags & ~(ABI_O_CLOEXEC | ABI_O_NONBLOCK))
		return -EINVAL;
	error = pipe_create((uint32_t)flags & ABI_O_NONBLOCK, &reader, &writer);
	if (error)
		return error;
	fd[0] = error = fdtable_install(table, reader, 0, cloexec);
	if (error < 0)
		goto fail;
	fd[1] = error = fdtable_install(table, writer, 0, cloexec);
	if (error < 0)
		goto fail_installed;
	memcpy(fds, fd, sizeof(fd));
	return 0;

fail_installed:
	fdtable_close(table, fd[0]);
	file_release(writer);
	return error;
fail:
	file_release(reader);
	file_release(writer);
	return error;
}
