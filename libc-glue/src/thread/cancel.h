/*
 * Deferred cancellation. pthread_cancel sets the thread's flag and makes the kernel end its sleep, or the next one, with
 * EINTR; the thread looks at the flag where it enters a cancellation point and where one was interrupted. System calls
 * that are cancellation points have stubs that do so (instead/cancel_stub.S), which are linked with pthread_cancel alone.
 */
#pragma once

#include "thread.h"

/* Ends the thread, which has been cancelled, unless it must not be now. */
void __cancel_act(void);
