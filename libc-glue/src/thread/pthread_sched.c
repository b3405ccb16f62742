#include <errno.h>
#include <sched.h>

#include "tid.h"

/* wanted and old: policy and priority. */
static int call(pthread_t thread, const int *wanted, int *old)
{
	int tid = tid_lock(thread);
	int error = tid < 0 ? ESRCH : -(int)raw_thread_sched(tid, wanted, old);

	tid_unlock(thread);
	return error;
}

int pthread_setschedparam(pthread_t thread, int policy, const struct sched_param *parameters)
{
	const int wanted[2] = {policy, parameters->sched_priority};

	return call(thread, wanted, NULL);
}

int pthread_getschedparam(pthread_t thread, int *policy, struct sched_param *parameters)
{
	int now[2];
	int error = call(thread, NULL, now);

	if (!error) {
		*policy = now[0];
		parameters->sched_priority = now[1];
	}
	return error;
}

int pthread_setschedprio(pthread_t thread, int priority)
{
	int now[2];
	int error = call(thread, NULL, now);

	now[1] = priority;
	return error ? error : call(thread, now, NULL);
}
