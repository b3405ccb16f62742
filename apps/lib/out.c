/*
 * Buffered output without stdio. One buffer serves the program; out_to moves it from one descriptor to another.
 */
#include "out.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"

static struct {
	unsigned len;
	int fd;
	int error; /* errno of the first write that failed */
	char buf[116];
} out = {.fd = 1};

int write_all(int fd, const void *bytes, size_t len)
{
	const char *p = bytes;

	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

static void out_drain(void)
{
	if (write_all(out.fd, out.buf, out.len) < 0 && !out.error)
		out.error = errno;
	out.len = 0;
}

int out_flush(void)
{
	int error;

	out_drain();
	error = out.error;
	out.error = 0;
	if (error)
		errno = error;
	return error ? -1 : 0;
}

int out_end(int status)
{
	if (out_flush() == 0)
		return status;
	msg_error("write error");
	return 1;
}

void out_to(int fd)
{
	out_drain();
	out.fd = fd;
}

void out_char(char c)
{
	if (out.len == sizeof(out.buf))
		out_drain();
	out.buf[out.len++] = c;
}

void out_bytes(const void *bytes, size_t len)
{
	const char *p = bytes;

	while (len-- > 0)
		out_char(*p++);
}

void out_str(const char *s)
{
	out_bytes(s, strlen(s));
}

void out_str_left(const char *s, unsigned width)
{
	size_t len = strlen(s);

	out_bytes(s, len);
	for (; len < width; len++)
		out_char(' ');
}
