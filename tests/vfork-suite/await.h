/* Waiting with an end, for the few cases in which something must not happen, or may never do. */
#ifndef AWAIT_H
#define AWAIT_H

#include <errno.h>
#include <poll.h>

/* Whether there is input, or the end of it, within that many seconds. */
static inline int await_input(int fd, int seconds)
{
	struct pollfd row = {.fd = fd, .events = POLLIN};
	int count;

	do
		count = poll(&row, 1, seconds * 1000);
	while (count < 0 && errno == EINTR);
	return count > 0;
}

#endif
