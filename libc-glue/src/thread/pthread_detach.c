#include "futex.h"

int pthread_detach(pthread_t thread)
{
	struct thread_life *life = life_of(thread);

	__libc_lock(&__threads.lock);
	bool taken = life->detached || life->joining;
	if (!taken)
		life->detached = true;
	if (!taken && life->ended)
		__thread_bury(life);
	__libc_unlock(&__threads.lock);
	__threads_reap();
	return taken ? EINVAL : 0;
}
