/*
 * sleep: waits for the sum of its arguments, in seconds, with a fraction if wanted.
 */
#include <errno.h>
#include <time.h>

#include "msg.h"
#include "num.h"

const char app_name[] = "sleep";
const char app_usage[] = "SECONDS[.FRACTION]...";

/* Adds a time given as text. Returns -1 if it is none. */
static int add_time(const char *s, struct timespec *sum)
{
	long unit = 100000000;

	if (*s < '0' || *s > '9')
		return -1;
	sum->tv_sec += (time_t)num_scan(&s);
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9'; s++, unit /= 10)
			sum->tv_nsec += (*s - '0') * unit;
	if (sum->tv_nsec >= 1000000000) {
		sum->tv_nsec -= 1000000000;
		sum->tv_sec++;
	}
	return *s ? -1 : 0;
}

int main(int argc, char **argv)
{
	struct timespec span = {0, 0};

	if (argc < 2)
		return usage();
	while (*++argv)
		if (add_time(*argv, &span) < 0)
			return usage();
	while (nanosleep(&span, &span) < 0)
		if (errno != EINTR)
			return msg_error("sleep");
	return 0;
}
