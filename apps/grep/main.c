/*
 * grep: prints the lines that match a pattern. Status 0: some did, 1: none, 2: an error.
 */
#include <stddef.h>

#include "file.h"
#include "line.h"
#include "msg.h"
#include "opt.h"
#include "out.h"
#include "rx.h"

const char app_name[] = "grep";
const char app_usage[] = "[-EFcilnqsv] [-e] PATTERN [FILE...]";

static struct {
	struct lines in;
	struct rx *rx;
	unsigned char count, list, number, quiet, silent, invert, names;
	unsigned char found;
} grep;

static void print_name(const char *name, char after)
{
	out_str(name ? name : "(standard input)");
	out_char(after);
}

static void print_line(const char *name, unsigned long number)
{
	if (grep.names)
		print_name(name, ':');
	if (grep.number) {
		out_num(number);
		out_char(':');
	}
	out_bytes(grep.in.text, grep.in.len);
	out_char('\n');
}

static int search(int fd, const char *name)
{
	unsigned long number = 0, matches = 0;
	int r;

	lines_open(&grep.in, fd);
	while ((r = lines_next(&grep.in)) > 0) {
		number++;
		if (rx_match(grep.rx, grep.in.text) == grep.invert)
			continue;
		matches++;
		if (grep.quiet || grep.list)
			break;
		if (!grep.count)
			print_line(name, number);
	}
	grep.found |= matches > 0;
	if (grep.list && matches)
		print_name(name, '\n');
	if (grep.count && !grep.quiet && !grep.list) {
		if (grep.names)
			print_name(name, ':');
		out_num(matches);
		out_char('\n');
	}
	if (r < 0 && !grep.silent)
		msg_error(name ? name : "stdin");
	return r < 0;
}

/* Reads the options; returns -1 if they are wrong. */
static int read_options(struct opt *o, int *flags, const char **pattern)
{
	int c;

	while ((c = opt_next(o, "EFGce:hilnqsv"))) {
		switch (c) {
		case '?':
			return -1;
		case 'E':
			*flags |= RX_EXTENDED;
			break;
		case 'F':
			*flags |= RX_FIXED;
			break;
		case 'i':
			*flags |= RX_ICASE;
			break;
		case 'e':
			*pattern = o->arg;
			break;
		}
		grep.count |= c == 'c';
		grep.list |= c == 'l';
		grep.number |= c == 'n';
		grep.quiet |= c == 'q';
		grep.silent |= c == 's';
		grep.invert |= c == 'v';
	}
	if (!*pattern && *o->argv)
		*pattern = *o->argv++;
	return *pattern ? 0 : -1;
}

int main(int argc, char **argv)
{
	const char *pattern = NULL, *error;
	int flags = 0, failed;
	struct opt o;

	(void)argc;
	opt_init(&o, argv);
	if (read_options(&o, &flags, &pattern) < 0)
		return usage();
	grep.rx = rx_compile(pattern, flags, &error);
	if (!grep.rx)
		return msg_text(pattern, error) + 1;
	grep.names = opt_count(o.argv) > 1;
	failed = each_input(o.argv, search);
	if (out_end(0) != 0 || (failed && !(grep.quiet && grep.found)))
		return 2;
	return !grep.found;
}
