/* newlib's setenv takes an empty name, which could be neither asked for nor removed again; POSIX gives EINVAL. */
#include <errno.h>
#include <reent.h>
#include <stdlib.h>

int setenv(const char *name, const char *value, int overwrite)
{
	if (!name || *name == '\0') {
		errno = EINVAL;
		return -1;
	}
	return _setenv_r(_REENT, name, value, overwrite);
}

int unsetenv(const char *name)
{
	return _unsetenv_r(_REENT, name);
}
