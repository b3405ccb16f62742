#include "thread.h"

pthread_t pthread_self(void)
{
	return thread_pointer();
}
