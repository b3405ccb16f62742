/* The one timer of a process, in seconds: what is left of the one before, rounded up, so that 0 means none. */
#include <sys/time.h>
#include <unistd.h>

unsigned alarm(unsigned seconds)
{
	struct itimerval timer = {.it_value = {.tv_sec = seconds}}, old;

	if (setitimer(ITIMER_REAL, &timer, &old) < 0)
		return 0;
	return (unsigned)old.it_value.tv_sec + (old.it_value.tv_usec > 0);
}
