/*
 * poll and ppoll (POSIX): ask each file what it is ready for, and sleep until one is.
 */
#include <fs/poll.h>

#include <fs/file.h>
#include <proc/clock.h>
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

#define DO_NOT_SLEEP ((ticks_t)0) /* a deadline */

static long poll_until(struct abi_pollfd *fds, size_t count, ticks_t deadline)
{
	int ready, error = 0;

	if (count > ABI_OPEN_MAX)
		return -EINVAL;
	while ((ready = look(fds, count)) == 0 && deadline != DO_NOT_SLEEP && error != -ETIMEDOUT) {
		poll_sleepers = true;
		error = waitq_sleep(&sleepers, SLEEP_INTERRUPTIBLE, deadline);
		if (error == -EINTR && !signals_settle())
			return error;
		if (!user_writable(fds, count * sizeof *fds))
			return -EFAULT;
	}
	return ready;
}

long sys_poll(struct abi_pollfd *fds, size_t count, int timeout)
{
	unsigned ms = (unsigned)timeout;

	if (timeout <= 0)
		return poll_until(fds, count, timeout ? TICKS_NEVER : DO_NOT_SLEEP);
	return poll_until(fds, count, timer_now() + timer_from_ns(ms / 1000, ms % 1000 * 1000000));
}

long sys_ppoll(struct abi_pollfd *fds, size_t count, const struct abi_timespec *timeout, const abi_sigset *mask)
{
	ticks_t deadline = TICKS_NEVER;
	int error = timeout ? clock_deadline(timeout, &deadline) : 0;

	if (error < 0)
		return error;
	if (timeout && timeout->tv_sec == 0 && timeout->tv_nsec == 0)
		deadline = DO_NOT_SLEEP;
	if (!mask)
		return poll_until(fds, count, deadline);
	signals_suspend(*mask);
	return signals_suspended(poll_until(fds, count, deadline));
}
