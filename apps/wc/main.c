/*
 * wc: counts lines, words and bytes.
 */
#include <unistd.h>

#include "file.h"
#include "msg.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "wc";
const char app_usage[] = "[-lwc] [FILE...]";

struct counts {
	unsigned long lines, words, bytes;
};

static struct {
	struct counts total;
	unsigned char lines, words, bytes; /* what to print */
	unsigned char files;
} wc;

static void print_one(unsigned long n, int wanted, int *first)
{
	if (!wanted)
		return;
	if (!*first)
		out_char(' ');
	*first = 0;
	out_num_right(n, wc.lines + wc.words + wc.bytes > 1 ? 7 : 0);
}

static void print(const struct counts *c, const char *name)
{
	int first = 1;

	print_one(c->lines, wc.lines, &first);
	print_one(c->words, wc.words, &first);
	print_one(c->bytes, wc.bytes, &first);
	if (name) {
		out_char(' ');
		out_str(name);
	}
	out_char('\n');
}

static int is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static int count(int fd, const char *name)
{
	struct counts c = {0, 0, 0};
	char buf[128];
	int in_word = 0;
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		c.bytes += (unsigned long)n;
		for (ssize_t i = 0; i < n; i++) {
			c.lines += buf[i] == '\n';
			c.words += !in_word && !is_space(buf[i]);
			in_word = !is_space(buf[i]);
		}
	}
	if (n < 0)
		return msg_error(name ? name : "stdin");
	print(&c, name);
	wc.total.lines += c.lines;
	wc.total.words += c.words;
	wc.total.bytes += c.bytes;
	wc.files = (unsigned char)(wc.files < 2 ? wc.files + 1 : 2);
	return 0;
}

int main(int argc, char **argv)
{
	struct opt o;
	int c, status;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "lwc"))) {
		if (c == 'l')
			wc.lines = 1;
		else if (c == 'w')
			wc.words = 1;
		else if (c == 'c')
			wc.bytes = 1;
		else
			return usage();
	}
	if (!wc.lines && !wc.words && !wc.bytes)
		wc.lines = wc.words = wc.bytes = 1;
	status = each_input(o.argv, count);
	if (wc.files > 1)
		print(&wc.total, "total");
	return out_end(status);
}
