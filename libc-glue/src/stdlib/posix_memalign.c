/* Aligned memory, POSIX form: the error is returned, errno stays. */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

int posix_memalign(void **result, size_t alignment, size_t size)
{
	if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0)
		return EINVAL;

	int saved = errno;
	void *memory = memalign(alignment, size);
	errno = saved;
	if (!memory)
		return ENOMEM;
	*result = memory;
	return 0;
}
