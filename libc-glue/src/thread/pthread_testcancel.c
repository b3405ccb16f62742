#include "cancel.h"

/* pthread_cancel's own takes the place of this. */
__attribute__((weak)) void __cancel_act(void)
{
}

void pthread_testcancel(void)
{
	if (own_tail()->cancelled)
		__cancel_act();
}
