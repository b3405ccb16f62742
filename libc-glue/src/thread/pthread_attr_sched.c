/* Scheduling of a thread to be created. Whether policy and priority go together is found out by pthread_create. */
#include <sched.h>

#include "attr.h"

int pthread_attr_setinheritsched(pthread_attr_t *attributes, int inherit)
{
	if (inherit != PTHREAD_INHERIT_SCHED && inherit != PTHREAD_EXPLICIT_SCHED)
		return EINVAL;
	attributes->inherit_sched = (unsigned char)inherit;
	return 0;
}

int pthread_attr_getinheritsched(const pthread_attr_t *attributes, int *inherit)
{
	*inherit = attributes->inherit_sched;
	return 0;
}

int pthread_attr_setschedpolicy(pthread_attr_t *attributes, int policy)
{
	if (policy != SCHED_OTHER && policy != SCHED_FIFO && policy != SCHED_RR)
		return EINVAL;
	attributes->policy = (unsigned char)policy;
	return 0;
}

int pthread_attr_getschedpolicy(const pthread_attr_t *attributes, int *policy)
{
	*policy = attributes->policy;
	return 0;
}

int pthread_attr_setschedparam(pthread_attr_t *attributes, const struct sched_param *parameters)
{
	attributes->parameters = *parameters;
	return 0;
}

int pthread_attr_getschedparam(const pthread_attr_t *attributes, struct sched_param *parameters)
{
	*parameters = attributes->parameters;
	return 0;
}

/* All threads compete with all others of the system. */
int pthread_attr_setscope(pthread_attr_t *attributes, int scope)
{
	if (scope != PTHREAD_SCOPE_SYSTEM)
		return scope == PTHREAD_SCOPE_PROCESS ? ENOTSUP : EINVAL;
	attributes->scope = (unsigned char)scope;
	return 0;
}

int pthread_attr_getscope(const pthread_attr_t *attributes, int *scope)
{
	*scope = attributes->scope;
	return 0;
}
