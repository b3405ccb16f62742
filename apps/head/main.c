/*
 * head: prints the first lines or bytes of files.
 */
#include <stddef.h>
#include <unistd.h>

#include "file.h"
#include "msg.h"
#include "num.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "head";
const char app_usage[] = "[-n LINES | -c BYTES] [FILE...]";

static struct {
	unsigned long count;
	unsigned char bytes;  /* count is of bytes */
	unsigned char titles; /* there are several files */
	unsigned char later;  /* not the first file */
} head = {.count = 10};

static void print_title(const char *name)
{
	if (!head.titles)
		return;
	out_str(head.later ? "\n==> " : "==> ");
	out_str(name);
	out_str(" <==\n");
	head.later = 1;
}

static int print_start(int fd, const char *name)
{
	unsigned long left = head.count;
	char buf[256];
	ssize_t n = 0;

	print_title(name);
	while (left > 0 && (n = read(fd, buf, sizeof(buf))) > 0) {
		for (ssize_t i = 0; i < n && left > 0; i++) {
			out_char(buf[i]);
			left -= head.bytes || buf[i] == '\n';
		}
	}
	return n < 0 ? msg_error(name ? name : "stdin") : 0;
}

int main(int argc, char **argv)
{
	struct opt o;
	int c;

	(void)argc;
	opt_init(&o, argv);
	if (argv[1] && argv[1][0] == '-' && num_parse(argv[1] + 1, &head.count) == 0)
		o.argv++;
	while ((c = opt_next(&o, "n:c:"))) {
		if (c == '?' || num_parse(o.arg, &head.count) < 0)
			return usage();
		head.bytes = c == 'c';
	}
	head.titles = opt_count(o.argv) > 1;
	return out_end(each_input(o.argv, print_start));
}
