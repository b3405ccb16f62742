/*
 * uptime: how long the system has run, and how much of that time it was idle.
 */
#include "file.h"
#include "msg.h"
#include "num.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "uptime";
const char app_usage[] = "";

static void out_two(unsigned long n)
{
	out_base(n / 10, 10, 1);
	out_base(n % 10, 10, 1);
}

/* Prints seconds as days and hh:mm:ss. */
static void print_span(unsigned long seconds)
{
	unsigned long days = seconds / 86400;

	if (days) {
		out_num(days);
		out_str(days == 1 ? " day, " : " days, ");
	}
	out_two(seconds / 3600 % 24);
	out_char(':');
	out_two(seconds / 60 % 60);
	out_char(':');
	out_two(seconds % 60);
}

int main(int argc, char **argv)
{
	unsigned long up, idle;
	const char *p;
	char text[64];
	struct opt o;

	(void)argc;
	opt_init(&o, argv);
	if (opt_next(&o, "") != 0 || *o.argv)
		return usage();
	if (read_file("/proc/uptime", text, sizeof(text)) < 0)
		return msg_error("/proc/uptime");
	p = text;
	up = num_scan(&p);
	while (*p && *p != ' ')
		p++;
	p += *p == ' ';
	idle = num_scan(&p);
	out_str("up ");
	print_span(up);
	out_str(", idle ");
	print_span(idle);
	out_char('\n');
	return out_end(0);
}
