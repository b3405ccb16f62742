#include <errno.h>
#include <sys/mman.h>

#include "mapping.h"

int mprotect(void *address, size_t length, int prot)
{
	if (length > 0 && !__mapping_covers(address, length))
		return -1;
	if (prot == (PROT_READ | PROT_WRITE))
		return 0;
	errno = ENOTSUP;
	return -1;
}
