/* select by pselect. What is left of the time is not told, as POSIX allows. */
#include <sys/select.h>
#include <sys/time.h>

int select(int count, fd_set *readable, fd_set *writable, fd_set *urgent, struct timeval *timeout)
{
	struct timespec span;

	if (!timeout)
		return pselect(count, readable, writable, urgent, NULL, NULL);
	/* Too many microseconds are too many nanoseconds, and do not become fewer on the way. */
	span.tv_sec = timeout->tv_sec;
	span.tv_nsec = timeout->tv_usec < 0 || timeout->tv_usec >= 1000000 ? -1 : timeout->tv_usec * 1000;
	return pselect(count, readable, writable, urgent, &span, NULL);
}
