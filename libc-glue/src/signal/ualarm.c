/* The same timer in microseconds, once or again and again. */
#include <sys/time.h>
#include <unistd.h>

#define SECOND 1000000

static struct timeval span(useconds_t microseconds)
{
	return (struct timeval){.tv_sec = microseconds / SECOND, .tv_usec = (long)(microseconds % SECOND)};
}

useconds_t ualarm(useconds_t microseconds, useconds_t interval)
{
	struct itimerval timer = {.it_value = span(microseconds), .it_interval = span(interval)}, old;

	if (setitimer(ITIMER_REAL, &timer, &old) < 0)
		return (useconds_t)-1;
	return (useconds_t)(old.it_value.tv_sec * SECOND + old.it_value.tv_usec);
}
