/* 0: not done; RUNNING: somebody is at it; DONE. A routine that is cancelled has not been run. */
#include "futex.h"

#define RUNNING 1u
#define DONE 2u

static void set(pthread_once_t *once, unsigned state)
{
	__atomic_store_n(&once->state, state, __ATOMIC_RELEASE);
	futex_wake(&once->state, INT_MAX);
}

static void take_back(void *once)
{
	set(once, 0);
}

static void run(pthread_once_t *once, void (*routine)(void))
{
	pthread_cleanup_push(take_back, once);
	routine();
	pthread_cleanup_pop(0);
	set(once, DONE);
}

int pthread_once(pthread_once_t *once, void (*routine)(void))
{
	while (load(&once->state) != DONE) {
		if (change_strong(&once->state, 0, RUNNING))
			run(once, routine);
		else if (load(&once->state) == RUNNING)
			futex_wait(&once->state, RUNNING, (struct deadline){NULL, 0});
	}
	return 0;
}
