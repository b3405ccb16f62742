/* A thread that has ended but was not joined takes every signal and does nothing, as a process does (POSIX.1-2024). */
#include <errno.h>
#include <signal.h>

#include "tid.h"

int pthread_kill(pthread_t thread, int sig)
{
	int tid = tid_lock(thread), error = 0;

	if (tid >= 0)
		error = -(int)raw_thread_kill(tid, sig);
	else if (sig < 0 || sig >= NSIG)
		error = EINVAL;
	tid_unlock(thread);
	return error;
}
