#include <time.h>
#include <unistd.h>

int usleep(useconds_t microseconds)
{
	struct timespec span = {
		.tv_sec = (time_t)(microseconds / 1000000),
		.tv_nsec = (long)(microseconds % 1000000) * 1000,
	};

	return nanosleep(&span, NULL);
}
