/* Attributes of threads. */
#pragma once

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#define STACK_ALIGNMENT 16u

/* Enough for printf of what has no fraction, with room: 4 KiB on rv32, 8 KiB on rv64. */
#define STACK_DEFAULT (1024 * sizeof(void *))

#define ATTRIBUTES_DEFAULT                                                                                             \
	{                                                                                                              \
		.size = STACK_DEFAULT, .detach_state = PTHREAD_CREATE_JOINABLE, .inherit_sched = PTHREAD_INHERIT_SCHED, \
		.scope = PTHREAD_SCOPE_SYSTEM                                                                          \
	}
