#include "thread.h"

void _pthread_cleanup_push(struct _pthread_cleanup_context *context, void (*routine)(void *), void *argument)
{
	struct thread_tail *tail = own_tail();

	context->_routine = routine;
	context->_arg = argument;
	context->_previous = tail->cleanup;
	tail->cleanup = context;
}

void _pthread_cleanup_pop(struct _pthread_cleanup_context *context, int execute)
{
	own_tail()->cleanup = context->_previous;
	if (execute)
		context->_routine(context->_arg);
}
