/* Waiting for one of several files: POSIX <poll.h>, with Linux's values. */
#pragma once

#include <signal.h>
#include <time.h>

#define POLLIN 0x0001
#define POLLPRI 0x0002 /* never: no file here has urgent data */
#define POLLOUT 0x0004
#define POLLERR 0x0008 /* the last three are told unasked */
#define POLLHUP 0x0010
#define POLLNVAL 0x0020
#define POLLRDNORM POLLIN
#define POLLRDBAND POLLPRI
#define POLLWRNORM POLLOUT
#define POLLWRBAND POLLOUT

typedef unsigned int nfds_t;

struct pollfd {
	int fd; /* < 0: not looked at */
	short events, revents;
};

#ifdef __cplusplus
extern "C" {
#endif

/* How many of the files are ready, 0 after `timeout` milliseconds (< 0: never), or -1 with EINTR, EINVAL (more than OPEN_MAX) or EFAULT. */
int poll(struct pollfd *fds, nfds_t count, int timeout);
/* The same with a time of any length (NULL: never; EINVAL: it is none), and meanwhile with another signal mask (NULL: without). */
int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask);

#ifdef __cplusplus
}
#endif
