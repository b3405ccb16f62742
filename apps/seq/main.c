/*
 * seq: prints the numbers from FIRST (1) to LAST.
 */
#include "msg.h"
#include "num.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "seq";
const char app_usage[] = "[FIRST] LAST";

int main(int argc, char **argv)
{
	unsigned long first = 1, last;
	struct opt o;

	opt_init(&o, argv);
	if (opt_next(&o, "") != 0 || argc < 2 || argc > 3)
		return usage();
	if (argc == 3 && num_parse(*o.argv++, &first) < 0)
		return usage();
	if (num_parse(*o.argv, &last) < 0)
		return usage();
	for (unsigned long n = first; n <= last; n++) {
		out_num(n);
		out_char('\n');
	}
	return out_end(0);
}
