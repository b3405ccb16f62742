#include "keys.h"

void *pthread_getspecific(pthread_key_t key)
{
	const struct thread_values *values = own_tail()->values;
	unsigned slot = key & KEY_SLOT;

	return values && slot < values->count && values->slots[slot].key == key ? values->slots[slot].value : NULL;
}
