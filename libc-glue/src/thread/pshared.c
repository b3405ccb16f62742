/* Nothing is shared between programs: there is no memory that two of them have, but in a loan. */
#include <errno.h>
#include <pthread.h>

static int set(int shared)
{
	if (shared == PTHREAD_PROCESS_SHARED)
		return ENOTSUP;
	return shared == PTHREAD_PROCESS_PRIVATE ? 0 : EINVAL;
}

static int get(int *shared)
{
	*shared = PTHREAD_PROCESS_PRIVATE;
	return 0;
}

#define PSHARED(kind)                                                                                                  \
	int pthread_##kind##_setpshared(pthread_##kind##_t *attributes, int shared)                                    \
	{                                                                                                              \
		(void)attributes;                                                                                      \
		return set(shared);                                                                                    \
	}                                                                                                              \
	int pthread_##kind##_getpshared(const pthread_##kind##_t *attributes, int *shared)                             \
	{                                                                                                              \
		(void)attributes;                                                                                      \
		return get(shared);                                                                                    \
	}

PSHARED(mutexattr)
PSHARED(condattr)
PSHARED(rwlockattr)
PSHARED(barrierattr)
