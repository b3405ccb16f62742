#include "keys.h"

#include <stdlib.h>

struct keys __thread_keys;

static struct key *find_free(void)
{
	for (unsigned i = 0; i < __thread_keys.count; i++) {
		if (!__thread_keys.slots[i].used)
			return &__thread_keys.slots[i];
	}
	return NULL;
}

static struct key *add(int *error)
{
	unsigned count = __thread_keys.count;

	*error = EAGAIN;
	if (count == PTHREAD_KEYS_MAX)
		return NULL;
	struct key *slots = realloc(__thread_keys.slots, (count + 1) * sizeof *slots);
	*error = ENOMEM;
	if (!slots)
		return NULL;
	__thread_keys.slots = slots;
	__thread_keys.count++;
	slots[count].key = KEY_GENERATION | count;
	return &slots[count];
}

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	int saved = errno, error = 0;

	__libc_lock(&__thread_keys.lock);
	struct key *slot = find_free();
	if (!slot)
		slot = add(&error);
	if (slot) {
		slot->used = true;
		slot->destructor = destructor;
		*key = slot->key;
		error = 0;
	}
	__libc_unlock(&__thread_keys.lock);
	errno = saved;
	return error;
}

int pthread_key_delete(pthread_key_t key)
{
	__libc_lock(&__thread_keys.lock);
	struct key *slot = (key & KEY_SLOT) < __thread_keys.count ? &__thread_keys.slots[key & KEY_SLOT] : NULL;
	bool known = slot && slot->used && slot->key == key;
	if (known) {
		slot->used = false;
		slot->key += KEY_GENERATION;
	}
	__libc_unlock(&__thread_keys.lock);
	return known ? 0 : EINVAL;
}
