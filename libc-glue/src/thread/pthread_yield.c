#include <pthread.h>
#include <sched.h>

void pthread_yield(void)
{
	sched_yield();
}
