/* What is done to a semaphore with a name is done to its descriptor. */
#include <sys/ioctl.h>
#include <unistd.h>

#include "sem.h"

static int descriptor_of(const sem_t *sem)
{
	return sem->named - 1;
}

int __sem_named_post(sem_t *sem)
{
	const int one = 1;

	return write(descriptor_of(sem), &one, sizeof one) < 0 ? -1 : 0;
}

int __sem_named_wait(sem_t *sem)
{
	int taken;

	return read(descriptor_of(sem), &taken, sizeof taken) < 0 ? -1 : 0;
}

int __sem_named_timedwait(sem_t *sem, struct deadline deadline)
{
	const struct abi_sem_wait wait = {{deadline.until->tv_sec, deadline.until->tv_nsec}, (int)deadline.clock};
	int result = ioctl(descriptor_of(sem), ABI_SEM_TIMEDWAIT, &wait);

	if (result < 0 && errno == EINTR)
		pthread_testcancel();
	return result;
}

int __sem_named_value(sem_t *sem, int *value)
{
	return ioctl(descriptor_of(sem), ABI_SEM_GETVALUE, value);
}
