/* The list of things that a child of posix_spawn does before exec. All return 0, EBADF, EINVAL or ENOMEM. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "spawn.h"

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)
{
	*actions = malloc(sizeof **actions);
	if (!*actions)
		return ENOMEM;
	(*actions)->first = NULL;
	(*actions)->end = &(*actions)->first;
	return 0;
}

int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions)
{
	struct spawn_action *next;

	for (struct spawn_action *each = (*actions)->first; each; each = next) {
		next = each->next;
		free(each);
	}
	free(*actions);
	*actions = NULL;
	return 0;
}

static int add(posix_spawn_file_actions_t *actions, const struct spawn_action *action, const char *path)
{
	if (action->fd < 0)
		return EBADF;
	struct spawn_action *added = malloc(sizeof *added + strlen(path) + 1);
	if (!added)
		return ENOMEM;
	*added = *action;
	strcpy(added->path, path);
	*(*actions)->end = added;
	(*actions)->end = &added->next;
	return 0;
}

int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict actions, int fd, const char *restrict path,
				     int flags, mode_t mode)
{
	/* An open of nothing could only fail in the child. */
	if (path[0] == '\0')
		return EINVAL;
	return add(actions, &(struct spawn_action){.kind = SPAWN_OPEN, .fd = fd, .flags = flags, .mode = mode}, path);
}

int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int from, int fd)
{
	if (from < 0)
		return EBADF;
	return add(actions, &(struct spawn_action){.kind = SPAWN_DUP2, .fd = fd, .from = from}, "");
}

int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd)
{
	return add(actions, &(struct spawn_action){.kind = SPAWN_CLOSE, .fd = fd}, "");
}

int posix_spawn_file_actions_addchdir(posix_spawn_file_actions_t *restrict actions, const char *restrict path)
{
	return add(actions, &(struct spawn_action){.kind = SPAWN_CHDIR}, path);
}

int posix_spawn_file_actions_addfchdir(posix_spawn_file_actions_t *actions, int fd)
{
	return add(actions, &(struct spawn_action){.kind = SPAWN_FCHDIR, .fd = fd}, "");
}
