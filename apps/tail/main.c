/*
 * tail: prints the last lines or bytes of files, or all from a line on (-n +N). It keeps no more than what it will print.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "line.h"
#include "msg.h"
#include "num.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "tail";
const char app_usage[] = "[-n [+]LINES] [FILE...]";

struct kept {
	struct kept *next;
	size_t len;
	char text[];
};

static struct {
	struct lines in;
	struct kept *first, **end;
	unsigned long count;
	unsigned long held;
	unsigned char from; /* count is the number of the first line to print */
	unsigned char titles;
} tail = {.count = 10};

static void drop_first(int print)
{
	struct kept *k = tail.first;

	if (print)
		out_bytes(k->text, k->len);
	tail.first = k->next;
	if (!tail.first)
		tail.end = &tail.first;
	tail.held--;
	free(k);
}

/* Keeps the current line. Returns -1 with ENOMEM. */
static int keep_line(void)
{
	size_t len = tail.in.len + tail.in.newline;
	struct kept *k;

	if (tail.held == tail.count && tail.held > 0)
		drop_first(0);
	if (tail.count == 0)
		return 0;
	k = malloc(sizeof(*k) + len);
	if (!k)
		return -1;
	k->next = NULL;
	k->len = len;
	memcpy(k->text, tail.in.text, tail.in.len);
	if (tail.in.newline)
		k->text[len - 1] = '\n';
	*tail.end = k;
	tail.end = &k->next;
	tail.held++;
	return 0;
}

static void print_line(void)
{
	out_bytes(tail.in.text, tail.in.len);
	if (tail.in.newline)
		out_char('\n');
}

static int print_end(int fd, const char *name)
{
	unsigned long number = 0;
	int r;

	if (tail.titles) {
		out_str("==> ");
		out_str(name);
		out_str(" <==\n");
	}
	lines_open(&tail.in, fd);
	tail.end = &tail.first;
	while ((r = lines_next(&tail.in)) > 0) {
		if (!tail.from)
			r = keep_line();
		else if (++number >= tail.count)
			print_line();
		if (r < 0)
			break;
	}
	if (r < 0)
		msg_error(name ? name : "stdin");
	while (tail.first)
		drop_first(r >= 0);
	return r < 0;
}

int main(int argc, char **argv)
{
	struct opt o;
	int c;

	(void)argc;
	opt_init(&o, argv);
	if (argv[1] && argv[1][0] == '-' && num_parse(argv[1] + 1, &tail.count) == 0)
		o.argv++;
	while ((c = opt_next(&o, "n:"))) {
		if (c == '?')
			return usage();
		tail.from = *o.arg == '+';
		if (num_parse(o.arg + tail.from, &tail.count) < 0)
			return usage();
	}
	tail.titles = opt_count(o.argv) > 1;
	return out_end(each_input(o.argv, print_end));
}
