/*
 * date: prints the date in UTC, or sets it from seconds since 1970.
 */
#include <time.h>

#include "civil.h"
#include "msg.h"
#include "num.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "date";
const char app_usage[] = "[-s @SECONDS] [+FORMAT]";

static void out_digits(int n, unsigned digits)
{
	out_base((unsigned long)n, 10, digits);
}

static void out_format(const char *f, const struct civil *c, int64_t seconds);

/* One conversion of strftime, those without a locale. */
static void out_conversion(char conversion, const struct civil *c, int64_t seconds)
{
	switch (conversion) {
	case 'Y':
		out_digits(c->year, 4);
		break;
	case 'm':
		out_digits(c->month, 2);
		break;
	case 'd':
		out_digits(c->day, 2);
		break;
	case 'H':
		out_digits(c->hour, 2);
		break;
	case 'M':
		out_digits(c->minute, 2);
		break;
	case 'S':
		out_digits(c->second, 2);
		break;
	case 'a':
		out_bytes(civil_weekday(c->weekday), 3);
		break;
	case 'b':
		out_bytes(civil_month(c->month), 3);
		break;
	case 'e':
		out_num_right((unsigned long)c->day, 2);
		break;
	case 'F':
		out_format("%Y-%m-%d", c, seconds);
		break;
	case 'T':
		out_format("%H:%M:%S", c, seconds);
		break;
	case 's':
		out_num((unsigned long)seconds);
		break;
	case 'n':
		out_char('\n');
		break;
	default:
		out_char(conversion);
		break;
	}
}

static void out_format(const char *f, const struct civil *c, int64_t seconds)
{
	for (; *f; f++) {
		if (*f == '%' && f[1])
			out_conversion(*++f, c, seconds);
		else
			out_char(*f);
	}
}

static int set_date(const char *text)
{
	unsigned long seconds;
	struct timespec ts;

	if (*text == '@')
		text++;
	if (num_parse(text, &seconds) < 0)
		return usage();
	ts.tv_sec = (time_t)seconds;
	ts.tv_nsec = 0;
	return clock_settime(CLOCK_REALTIME, &ts) < 0 ? msg_error("clock") : 0;
}

int main(int argc, char **argv)
{
	const char *format = "%a %b %e %T UTC %Y", *set = NULL;
	struct timespec now;
	struct civil c;
	struct opt o;
	int option;

	(void)argc;
	opt_init(&o, argv);
	while ((option = opt_next(&o, "us:"))) {
		if (option == '?')
			return usage();
		if (option == 's')
			set = o.arg;
	}
	if (set)
		return *o.argv ? usage() : set_date(set);
	if (*o.argv) {
		if (**o.argv != '+' || o.argv[1])
			return usage();
		format = *o.argv + 1;
	}
	if (clock_gettime(CLOCK_REALTIME, &now) < 0)
		return msg_error("clock");
	c = civil_from_seconds(now.tv_sec);
	out_format(format, &c, now.tv_sec);
	out_char('\n');
	return out_end(0);
}
