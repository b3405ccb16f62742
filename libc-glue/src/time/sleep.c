#include <time.h>
#include <unistd.h>

unsigned sleep(unsigned seconds)
{
	struct timespec span = {.tv_sec = seconds}, left = {0};

	if (nanosleep(&span, &left) == 0)
		return 0;
	return (unsigned)left.tv_sec + (left.tv_nsec > 0);
}
