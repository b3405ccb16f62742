#include <fcntl.h>
#include <stdlib.h>

int posix_openpt(int flags)
{
	return open("/dev/ptmx", flags);
}
