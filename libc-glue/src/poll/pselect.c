/* pselect by ppoll. FD_SETSIZE is OPEN_MAX. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/select.h>

_Static_assert(FD_SETSIZE <= OPEN_MAX, "poll takes as many");

static int in(int fd, const fd_set *set)
{
	return set && FD_ISSET(fd, set);
}

static int collect(struct pollfd *rows, int count, const fd_set *readable, const fd_set *writable, const fd_set *urgent)
{
	int used = 0;

	for (int fd = 0; fd < count; fd++) {
		short events = (short)((in(fd, readable) ? POLLIN : 0) | (in(fd, writable) ? POLLOUT : 0) | (in(fd, urgent) ? POLLPRI : 0));

		if (events)
			rows[used++] = (struct pollfd){.fd = fd, .events = events};
	}
	return used;
}

/* Leaves the descriptors in *set that are ready in that way, and returns how many. */
static int leave(fd_set *set, const struct pollfd *rows, int used, short asked, short ready)
{
	fd_set result;
	int count = 0;

	if (!set)
		return 0;
	FD_ZERO(&result);
	for (int i = 0; i < used; i++) {
		if (!(rows[i].events & asked) || !(rows[i].revents & ready))
			continue;
		FD_SET(rows[i].fd, &result);
		count++;
	}
	*set = result;
	return count;
}

int pselect(int count, fd_set *restrict readable, fd_set *restrict writable, fd_set *restrict urgent,
	    const struct timespec *restrict timeout, const sigset_t *restrict mask)
{
	struct pollfd rows[FD_SETSIZE];
	int used;

	if (count < 0 || count > FD_SETSIZE) {
		errno = EINVAL;
		return -1;
	}
	used = collect(rows, count, readable, writable, urgent);
	if (ppoll(rows, (nfds_t)used, timeout, mask) < 0)
		return -1;
	for (int i = 0; i < used; i++) {
		if (rows[i].revents & POLLNVAL) {
			errno = EBADF;
			return -1;
		}
	}
	return leave(readable, rows, used, POLLIN, POLLIN | POLLHUP | POLLERR) +
	       leave(writable, rows, used, POLLOUT, POLLOUT | POLLERR) + leave(urgent, rows, used, POLLPRI, POLLPRI);
}
