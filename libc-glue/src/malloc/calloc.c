#include <errno.h>
#include <stdlib.h>
#include <string.h>

void *calloc(size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	void *memory = malloc(bytes);
	return memory ? memset(memory, 0, bytes) : NULL;
}
