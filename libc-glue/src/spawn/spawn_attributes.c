/* Attributes of posix_spawn: which signals the child has at their default action; the system has no others yet. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "spawn.h"

int posix_spawnattr_init(posix_spawnattr_t *attributes)
{
	*attributes = calloc(1, sizeof **attributes);
	return *attributes ? 0 : ENOMEM;
}

int posix_spawnattr_destroy(posix_spawnattr_t *attributes)
{
	free(*attributes);
	*attributes = NULL;
	return 0;
}

int posix_spawnattr_getflags(const posix_spawnattr_t *restrict attributes, short *restrict flags)
{
	*flags = (*attributes)->flags;
	return 0;
}

/* EINVAL for a flag that would be forgotten. */
int posix_spawnattr_setflags(posix_spawnattr_t *attributes, short flags)
{
	if (flags & ~(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_RESETIDS))
		return EINVAL;
	(*attributes)->flags = flags;
	return 0;
}

int posix_spawnattr_getsigdefault(const posix_spawnattr_t *restrict attributes, sigset_t *restrict defaults)
{
	*defaults = (*attributes)->defaults;
	return 0;
}

int posix_spawnattr_setsigdefault(posix_spawnattr_t *restrict attributes, const sigset_t *restrict defaults)
{
	(*attributes)->defaults = *defaults;
	return 0;
}
