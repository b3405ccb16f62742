#include <errno.h>

#include "thread.h"

int pthread_setcancelstate(int state, int *old)
{
	struct thread_tail *tail = own_tail();

	if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
		return EINVAL;
	if (old)
		*old = tail->disabled ? PTHREAD_CANCEL_DISABLE : PTHREAD_CANCEL_ENABLE;
	tail->disabled = state == PTHREAD_CANCEL_DISABLE;
	return 0;
}

/* A thread that is cancelled in the middle of anything could leave the heap locked: there is deferred cancellation only. */
int pthread_setcanceltype(int type, int *old)
{
	if (type != PTHREAD_CANCEL_DEFERRED)
		return type == PTHREAD_CANCEL_ASYNCHRONOUS ? ENOTSUP : EINVAL;
	if (old)
		*old = PTHREAD_CANCEL_DEFERRED;
	return 0;
}
