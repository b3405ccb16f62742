/* Removes a file or an empty directory. */
#include <errno.h>
#include <reent.h>
#include <stdio.h>
#include <unistd.h>

int remove(const char *path)
{
	if (unlink(path) == 0)
		return 0;
	return errno == EISDIR || errno == EPERM ? rmdir(path) : -1;
}

int _remove_r(struct _reent *reent, const char *path)
{
	(void)reent;
	return remove(path);
}
