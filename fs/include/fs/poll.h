/*
 * poll: who waits for one of many files. Sleepers of all kinds lie in one queue: whatever may make a file ready wakes all of them, and each looks at its own
 * files again. On a machine with a handful of processes that costs less than an entry in the queue of every file.
 */
#pragma once

#include <kernel/waitq.h>

extern bool poll_sleepers; /* there may be some */

void poll_wake_both(struct waitq *queue);

/* A file may be ready for something that it was not ready for before: wakes who sleeps in its own queue, and who polls. Any context. */
static inline void poll_wake(struct waitq *queue)
{
	if (!waitq_empty(queue) || poll_sleepers)
		poll_wake_both(queue);
}
