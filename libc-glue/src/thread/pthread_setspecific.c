#include <stdlib.h>
#include <string.h>

#include "keys.h"

typedef void destructor_function(void *);

/* Whether the key is one; its destructor, if it has any. */
static bool is_key(pthread_key_t key, destructor_function **destructor)
{
	__libc_lock(&__thread_keys.lock);
	const struct key *slot = (key & KEY_SLOT) < __thread_keys.count ? &__thread_keys.slots[key & KEY_SLOT] : NULL;
	bool known = slot && slot->used && slot->key == key;
	*destructor = known ? slot->destructor : NULL;
	__libc_unlock(&__thread_keys.lock);
	return known;
}

static struct thread_values *grow(struct thread_values *values, unsigned count)
{
	unsigned have = values ? values->count : 0;
	struct thread_values *grown = realloc(values, sizeof *values + count * sizeof values->slots[0]);

	if (!grown)
		return NULL;
	memset(&grown->slots[have], 0, (count - have) * sizeof grown->slots[0]);
	grown->count = count;
	own_tail()->values = grown;
	return grown;
}

int pthread_setspecific(pthread_key_t key, const void *value)
{
	struct thread_values *values = own_tail()->values;
	unsigned slot = key & KEY_SLOT;
	destructor_function *destructor;
	int saved = errno;

	if (!is_key(key, &destructor))
		return EINVAL;
	if (!values || slot >= values->count)
		values = grow(values, slot + 1);
	errno = saved;
	if (!values)
		return ENOMEM;
	values->slots[slot] = (struct thread_value){key, (void *)value};
	return 0;
}

/* False when there was nothing to destroy. A destructor may store values, which moves them. */
static bool destroy_once(struct thread_tail *tail)
{
	destructor_function *destructor;
	bool any = false;

	for (unsigned i = 0; i < tail->values->count; i++) {
		struct thread_value *slot = &tail->values->slots[i];
		void *value = slot->value;
		slot->value = NULL; /* before the call (POSIX) */
		if (!value || !is_key(slot->key, &destructor) || !destructor)
			continue;
		destructor(value);
		any = true;
	}
	return any;
}

void __thread_values_end(void)
{
	struct thread_tail *tail = own_tail();

	if (!tail->values)
		return;
	for (int i = 0; i < PTHREAD_DESTRUCTOR_ITERATIONS && destroy_once(tail); i++)
		;
	free(tail->values);
	tail->values = NULL;
}
