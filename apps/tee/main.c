/*
 * tee: copies standard input to standard output and to files.
 */
#include <fcntl.h>
#include <stddef.h>
#include <unistd.h>

#include "msg.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "tee";
const char app_usage[] = "[-a] [FILE...]";

#define FILES_MAX 8

static struct {
	signed char fds[FILES_MAX + 1]; /* [0] is standard output; -1: an error ended it */
	unsigned char count;
} sinks = {.fds = {1}, .count = 1};

static int open_files(char **names, int flags)
{
	int status = 0;

	for (; *names; names++) {
		int fd = open(*names, O_WRONLY | O_CREAT | flags, 0666);

		if (fd < 0)
			status = msg_error(*names);
		else
			sinks.fds[sinks.count++] = (signed char)fd;
	}
	return status;
}

static int write_each(const char *buf, size_t n)
{
	int status = 0;

	for (unsigned i = 0; i < sinks.count; i++) {
		if (sinks.fds[i] >= 0 && write_all(sinks.fds[i], buf, n) < 0) {
			status = msg_error("write error");
			sinks.fds[i] = -1;
		}
	}
	return status;
}

int main(int argc, char **argv)
{
	int c, status, flags = O_TRUNC;
	char buf[256];
	struct opt o;
	ssize_t n;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "a"))) {
		if (c == '?')
			return usage();
		flags = O_APPEND;
	}
	if (opt_count(o.argv) > FILES_MAX)
		return msg_text(NULL, "at most 8 files");
	status = open_files(o.argv, flags);
	while ((n = read(0, buf, sizeof(buf))) > 0)
		status |= write_each(buf, (size_t)n);
	return n < 0 ? msg_error("stdin") : status;
}
