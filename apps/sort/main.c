/*
 * sort: sorts lines by their bytes or as numbers.
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "line.h"
#include "msg.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "sort";
const char app_usage[] = "[-nru] [FILE...]";

static struct {
	struct lines in;
	char **texts;
	size_t count, room;
	unsigned char numeric, reverse, unique;
} sorter;

static int grow(void)
{
	size_t room = sorter.room ? sorter.room * 2 : 16;
	char **texts = realloc(sorter.texts, room * sizeof(*texts));

	if (!texts)
		return -1;
	sorter.texts = texts;
	sorter.room = room;
	return 0;
}

static int keep_line(void)
{
	char *text;

	if (sorter.count == sorter.room && grow() < 0)
		return -1;
	text = malloc(sorter.in.len + 1);
	if (!text)
		return -1;
	memcpy(text, sorter.in.text, sorter.in.len + 1);
	sorter.texts[sorter.count++] = text;
	return 0;
}

static int read_lines(int fd, const char *name)
{
	int r;

	lines_open(&sorter.in, fd);
	while ((r = lines_next(&sorter.in)) > 0)
		if (keep_line() < 0)
			return msg_error(name ? name : "stdin");
	return r < 0 ? msg_error(name ? name : "stdin") : 0;
}

static int compare(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	int order = 0;

	if (sorter.numeric) {
		long m = strtol(x, NULL, 10), n = strtol(y, NULL, 10);

		order = (m > n) - (m < n);
	}
	if (order == 0)
		order = strcmp(x, y);
	return sorter.reverse ? -order : order;
}

static void print(void)
{
	for (size_t i = 0; i < sorter.count; i++) {
		if (sorter.unique && i > 0 && strcmp(sorter.texts[i], sorter.texts[i - 1]) == 0)
			continue;
		out_str(sorter.texts[i]);
		out_char('\n');
	}
}

int main(int argc, char **argv)
{
	int c, status;
	struct opt o;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "nru"))) {
		if (c == '?')
			return usage();
		sorter.numeric |= c == 'n';
		sorter.reverse |= c == 'r';
		sorter.unique |= c == 'u';
	}
	status = each_input(o.argv, read_lines);
	if (sorter.count > 0)
		qsort(sorter.texts, sorter.count, sizeof(*sorter.texts), compare);
	print();
	return out_end(status ? 2 : 0);
}
