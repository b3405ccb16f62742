#include <unistd.h>

#include "stream.h"

void rewinddir(DIR *dir)
{
	lseek(dir->fd, 0, SEEK_SET);
	dir->at = dir->length = 0;
}
