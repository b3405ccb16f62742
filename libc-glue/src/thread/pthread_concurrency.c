/* A hint that is not needed: each thread is one of the kernel's. */
#include <errno.h>
#include <pthread.h>

static int level;

int pthread_setconcurrency(int wanted)
{
	if (wanted < 0)
		return EINVAL;
	level = wanted;
	return 0;
}

int pthread_getconcurrency(void)
{
	return level;
}
