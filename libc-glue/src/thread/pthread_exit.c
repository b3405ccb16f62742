/* The end of a thread: what it registered to be done, its values, and, if it was the last, that of the process. */
#include <stdlib.h>

#include "futex.h"

/* pthread_setspecific's own takes the place of this. */
__attribute__((weak)) void __thread_values_end(void)
{
}

static void run_cleanup(struct thread_tail *tail)
{
	struct _pthread_cleanup_context *each;

	while ((each = tail->cleanup) != NULL) {
		tail->cleanup = each->_previous;
		each->_routine(each->_arg);
	}
}

void pthread_exit(void *result)
{
	struct thread_tail *tail = own_tail();
	struct thread_life *life = life_of(thread_pointer());

	cancel_hold();
	run_cleanup(tail);
	__thread_values_end();
	__libc_lock(&__threads.lock);
	if (__threads.more-- == 0)
		exit(0);
	life->result = result;
	life->ended = true;
	if (life->detached)
		__thread_bury(life);
	__libc_unlock(&__threads.lock);
	raw_thread_exit(&life->gone, 1);
	__builtin_unreachable();
}
