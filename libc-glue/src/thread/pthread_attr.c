/* What a thread is to be created with. */
#include "attr.h"

int pthread_attr_init(pthread_attr_t *attributes)
{
	*attributes = (pthread_attr_t)ATTRIBUTES_DEFAULT;
	return 0;
}

int pthread_attr_destroy(pthread_attr_t *attributes)
{
	(void)attributes;
	return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t *attributes, int state)
{
	if (state != PTHREAD_CREATE_DETACHED && state != PTHREAD_CREATE_JOINABLE)
		return EINVAL;
	attributes->detach_state = (unsigned char)state;
	return 0;
}

int pthread_attr_getdetachstate(const pthread_attr_t *attributes, int *state)
{
	*state = attributes->detach_state;
	return 0;
}

int pthread_attr_setstacksize(pthread_attr_t *attributes, size_t size)
{
	if (size < PTHREAD_STACK_MIN || size > PTRDIFF_MAX / 2)
		return EINVAL;
	attributes->size = size;
	return 0;
}

int pthread_attr_getstacksize(const pthread_attr_t *attributes, size_t *size)
{
	*size = attributes->size;
	return 0;
}

int pthread_attr_setstack(pthread_attr_t *attributes, void *stack, size_t size)
{
	if (!stack || ((uintptr_t)stack | size) % STACK_ALIGNMENT != 0)
		return EINVAL;
	int error = pthread_attr_setstacksize(attributes, size);
	if (!error)
		attributes->stack = stack;
	return error;
}

int pthread_attr_getstack(const pthread_attr_t *attributes, void **stack, size_t *size)
{
	*stack = attributes->stack;
	*size = attributes->size;
	return 0;
}

/* There are no guards: the sizes that POSIX lets round up are those below. */
int pthread_attr_setguardsize(pthread_attr_t *attributes, size_t size)
{
	(void)attributes;
	(void)size;
	return 0;
}

int pthread_attr_getguardsize(const pthread_attr_t *attributes, size_t *size)
{
	(void)attributes;
	*size = 0;
	return 0;
}
