/*
 * Thread-specific data. A key is the number of a slot and, above it, the slot's generation, which changes when the key is
 * deleted: a value stored under the old key is not found under the new one, and no thread's values have to be visited.
 */
#pragma once

#include "futex.h"

#define KEY_SLOT 0xffu
#define KEY_GENERATION 0x100u

struct key {
	unsigned key; /* what pthread_key_create gave, or what it gives next where it is not in use */
	bool used;
	void (*destructor)(void *);
};

struct keys {
	_LOCK_T lock;
	unsigned count;
	struct key *slots;
};

extern struct keys __thread_keys;

/* One of a thread's values; `key` tells whether it is that of the slot's present key. */
struct thread_value {
	unsigned key;
	void *value;
};

struct thread_values {
	unsigned count;
	struct thread_value slots[];
};
