/*
 * Lines of a file.
 */
#include "line.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

void lines_open(struct lines *l, int fd)
{
	l->fd = fd;
	l->at = l->end = 0;
}

/* Returns 1, 0 at the end of the file, -1 with errno. */
static int fill(struct lines *l)
{
	ssize_t n;

	do
		n = read(l->fd, l->buf, sizeof(l->buf));
	while (n < 0 && errno == EINTR);
	l->at = 0;
	l->end = (unsigned char)(n < 0 ? 0 : n);
	return n < 0 ? -1 : n > 0;
}

static int grow(struct lines *l)
{
	size_t room = l->room ? l->room * 2 : 64;
	char *text = realloc(l->text, room);

	if (!text)
		return -1;
	l->text = text;
	l->room = room;
	return 0;
}

int lines_next(struct lines *l)
{
	l->len = 0;
	l->newline = 0;
	for (;;) {
		int r = l->at < l->end ? 1 : fill(l);

		if (l->len + 1 >= l->room && grow(l) < 0)
			return -1;
		l->text[l->len] = '\0';
		if (r <= 0)
			return r < 0 ? -1 : l->len > 0;
		if (l->buf[l->at] == '\n') {
			l->at++;
			l->newline = 1;
			return 1;
		}
		l->text[l->len++] = l->buf[l->at++];
	}
}
