/*
 * echo: prints its arguments. Only -n is an option; everything else is text.
 */
#include <string.h>

#include "msg.h"
#include "out.h"

const char app_name[] = "echo";
const char app_usage[] = "[-n] [TEXT...]";

int main(int argc, char **argv)
{
	int newline = 1;

	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return usage();
	if (argc > 1 && strcmp(argv[1], "-n") == 0) {
		newline = 0;
		argv++;
	}
	while (*++argv) {
		out_str(*argv);
		if (argv[1])
			out_char(' ');
	}
	if (newline)
		out_char('\n');
	return out_end(0);
}
