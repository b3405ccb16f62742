/* See pthread_cond_wait.c. The variable is not touched once somebody may have been woken: it may be destroyed then. */
#include "futex.h"

#define SOMEBODY 1u
#define SIGNAL 2u

int pthread_cond_signal(pthread_cond_t *cond)
{
	if (load(&cond->word) & SOMEBODY) {
		__atomic_fetch_add(&cond->word, SIGNAL, __ATOMIC_ACQ_REL);
		futex_wake(&cond->word, 1);
	}
	return 0;
}

int pthread_cond_broadcast(pthread_cond_t *cond)
{
	unsigned now;

	do {
		now = load(&cond->word);
		if (!(now & SOMEBODY))
			return 0;
	} while (!change(&cond->word, now, (now & ~SOMEBODY) + SIGNAL));
	futex_wake(&cond->word, INT_MAX);
	return 0;
}
