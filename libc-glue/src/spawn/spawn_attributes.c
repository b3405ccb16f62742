/* Attributes of posix_spawn: signals, process group, session, scheduling. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "spawn.h"

#define FLAGS                                                                                                          \
	(POSIX_SPAWN_RESETIDS | POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSCHEDPARAM | POSIX_SPAWN_SETSCHEDULER |          \
	 POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID)

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
	if (flags & ~FLAGS)
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

int posix_spawnattr_getsigmask(const posix_spawnattr_t *restrict attributes, sigset_t *restrict mask)
{
	*mask = (*attributes)->mask;
	return 0;
}

int posix_spawnattr_setsigmask(posix_spawnattr_t *restrict attributes, const sigset_t *restrict mask)
{
	(*attributes)->mask = *mask;
	return 0;
}

int posix_spawnattr_getpgroup(const posix_spawnattr_t *restrict attributes, pid_t *restrict group)
{
	*group = (*attributes)->group;
	return 0;
}

int posix_spawnattr_setpgroup(posix_spawnattr_t *attributes, pid_t group)
{
	(*attributes)->group = group;
	return 0;
}

int posix_spawnattr_getschedpolicy(const posix_spawnattr_t *restrict attributes, int *restrict policy)
{
	*policy = (*attributes)->policy;
	return 0;
}

/* EINVAL for a policy that no process can have. */
int posix_spawnattr_setschedpolicy(posix_spawnattr_t *attributes, int policy)
{
	if (policy != SCHED_OTHER && policy != SCHED_FIFO && policy != SCHED_RR)
		return EINVAL;
	(*attributes)->policy = policy;
	return 0;
}

int posix_spawnattr_getschedparam(const posix_spawnattr_t *restrict attributes, struct sched_param *restrict scheduling)
{
	*scheduling = (*attributes)->scheduling;
	return 0;
}

/* Whether the priority suits the policy turns out in the child. */
int posix_spawnattr_setschedparam(posix_spawnattr_t *restrict attributes, const struct sched_param *restrict scheduling)
{
	(*attributes)->scheduling = *scheduling;
	return 0;
}
