#include <fcntl.h>
#include <unistd.h>

#include "stream.h"

DIR *opendir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	DIR *dir = __dir_stream(fd);
	if (!dir)
		close(fd);
	return dir;
}
