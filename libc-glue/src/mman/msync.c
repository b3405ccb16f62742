#include <errno.h>
#include <sys/mman.h>

#include "mapping.h"

int msync(void *address, size_t length, int flags)
{
	int when = flags & (MS_ASYNC | MS_SYNC);

	if ((flags & ~(MS_ASYNC | MS_SYNC | MS_INVALIDATE)) || (when != MS_ASYNC && when != MS_SYNC)) {
		errno = EINVAL;
		return -1;
	}
	return length == 0 || __mapping_covers(address, length) ? 0 : -1;
}
