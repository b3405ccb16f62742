#include "futex.h"

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	*mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	if (attributes) {
		mutex->type = attributes->type;
		mutex->protocol = attributes->protocol;
	}
	return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	return load(&mutex->word) ? EBUSY : 0;
}
