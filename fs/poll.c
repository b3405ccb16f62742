/*
 * poll (POSIX): asks each file what it is ready for, and sleeps until one is.
 */
#include <fs/poll.h>

#include <fs/file.h>
#include <proc/process.h>
#include <proc/signal.h>
#include <proc/syscalls.h>
#include <proc/user.h>

static struct waitq sleepers = WAITQ_INIT(sleepers);
bool poll_sleepers;

void poll_wake_both(struct waitq *queue)
{
	poll_sleepers = false;
	waitq_wake_all(queue, 0);
	waitq_wake_all(&sleepers, 0);
}

/* What is told whether it was asked for or not. */
#define ALWAYS (ABI_POLLERR | ABI_POLLHUP | ABI_POLLNVAL)

static unsigned events_of(int fd)
{
	struct file *file = fdtable_get(&process_current()->files, fd);

	if (!file)
		return ABI_POLLNVAL;
	return file->ops->poll ? file->ops->poll(file) : ABI_POLLIN | ABI_POLLOUT;
}

static int look(struct abi_pollfd *fds, size_t count)
{
	int ready = 0;

	for (size_t i = 0; i < count; i++) {
		fds[i].revents = 0;
		if (fds[i].fd >= 0)
			fds[i].revents = (int16_t)(events_of(fds[i].fd) & ((unsigned)fds[i].events | ALWAYS));
		ready += fds[i].revents != 0;
	}
	return ready;
}

long sys_poll(struct abi_pollfd *fds, size_t count, int timeout)
{
	ticks_t deadline = TICKS_NEVER;
	unsigned ms = (unsigned)timeout;
	int ready, error = 0;

	if (count > ABI_OPEN_MAX)
		return -EINVAL;
	if (timeout >= 0)
		deadline = timer_now() + timer_from_ns(ms / 1000, ms % 1000 * 1000000);
	while ((ready = look(fds, count)) == 0 && timeout != 0 && error != -ETIMEDOUT) {
		poll_sleepers = true;
		error = waitq_sleep(&sleepers, SLEEP_INTERRUPTIBLE, deadline);
		if (error == -EINTR && !signals_settle())
			return error;
		if (!user_writable(fds, count * sizeof *fds))
			return -EFAULT;
	}
	return ready;
}
