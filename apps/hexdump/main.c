/*
 * hexdump: bytes in hexadecimal and as characters, 16 a line; lines equal to the one before are shown as one *.
 */
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "msg.h"
#include "num.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "hexdump";
const char app_usage[] = "[-C] [-n LENGTH] [-s SKIP] [FILE]";

#define ROW 16

static struct {
	unsigned long length, skip;
} dump = {.length = (unsigned long)-1};

static void print_row(unsigned long offset, const unsigned char *row, unsigned n)
{
	out_base(offset, 16, 8);
	for (unsigned i = 0; i < ROW; i++) {
		out_str(i % 8 == 0 ? "  " : " ");
		if (i < n)
			out_base(row[i], 16, 2);
		else
			out_str("  ");
	}
	out_str("  |");
	for (unsigned i = 0; i < n; i++)
		out_char(row[i] >= ' ' && row[i] < 127 ? (char)row[i] : '.');
	out_str("|\n");
}

/* Reads until the row is full, the file ends, or enough was read. Returns the number of bytes, -1 with errno. */
static int read_row(int fd, unsigned char *row)
{
	unsigned n = 0;

	while (n < ROW && dump.length > 0) {
		size_t want = ROW - n < dump.length ? ROW - n : dump.length;
		ssize_t r = read(fd, row + n, want);

		if (r < 0)
			return -1;
		if (r == 0)
			break;
		n += (unsigned)r;
		dump.length -= (unsigned long)r;
	}
	return (int)n;
}

/* Moves forward by reading where the file cannot seek. */
static void skip(int fd)
{
	unsigned long left = dump.skip;
	char c;

	if (lseek(fd, (off_t)left, SEEK_CUR) >= 0)
		return;
	while (left > 0 && read(fd, &c, 1) == 1)
		left--;
}

static int print_file(int fd, const char *name)
{
	unsigned char row[ROW], last[ROW];
	unsigned long offset = dump.skip;
	int n, repeated = 0, any = 0;

	if (dump.skip)
		skip(fd);
	while ((n = read_row(fd, row)) > 0) {
		int same = any && n == ROW && memcmp(row, last, ROW) == 0;

		if (!same)
			print_row(offset, row, (unsigned)n);
		else if (!repeated)
			out_str("*\n");
		repeated = same;
		any = 1;
		memcpy(last, row, ROW);
		offset += (unsigned long)n;
	}
	if (n < 0)
		return msg_error(name ? name : "stdin");
	if (any) {
		out_base(offset, 16, 8);
		out_char('\n');
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct opt o;
	int c;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "Cn:s:"))) {
		if (c == '?' || (c == 'n' && num_parse(o.arg, &dump.length) < 0) ||
			(c == 's' && num_parse(o.arg, &dump.skip) < 0))
			return usage();
	}
	if (opt_count(o.argv) > 1)
		return usage();
	return out_end(each_input(o.argv, print_file));
}
