/* A cancellation point. The thread stays to be joined when its joiner is cancelled. */
#include "futex.h"

static int claim(struct thread_life *life)
{
	__libc_lock(&__threads.lock);
	bool taken = life->detached || life->joining;
	if (!taken)
		life->joining = true;
	__libc_unlock(&__threads.lock);
	return taken ? EINVAL : 0;
}

static void give_up(void *life)
{
	((struct thread_life *)life)->joining = false;
}

static void wait_until_gone(struct thread_life *life)
{
	const struct deadline never = {NULL, 0};

	pthread_cleanup_push(give_up, life);
	pthread_testcancel();
	while (!__atomic_load_n(&life->gone, __ATOMIC_ACQUIRE)) {
		if (futex_wait((const unsigned *)&life->gone, 0, never) == EINTR)
			pthread_testcancel();
	}
	pthread_cleanup_pop(0);
}

int pthread_join(pthread_t thread, void **result)
{
	struct thread_life *life = life_of(thread);

	if (thread == pthread_self())
		return EDEADLK;
	int error = claim(life);
	if (error)
		return error;
	wait_until_gone(life);
	if (result)
		*result = life->result;
	__thread_free(life);
	return 0;
}
