/* What lies behind the opaque types of <spawn.h>. */
#pragma once

#include <spawn.h>

/* What the child does to its descriptors before exec, in order. `path` is set for an open, `from` >= 0 for a dup2. */
struct spawn_action {
	struct spawn_action *next;
	int fd, from;
	int flags;
	mode_t mode;
	char path[];
};

struct __posix_spawn_file_actions {
	struct spawn_action *first, **end;
};

struct __posix_spawnattr {
	short flags;
	sigset_t defaults;
};
