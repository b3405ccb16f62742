/* What lies behind the opaque types of <spawn.h>. */
#pragma once

#include <sched.h>
#include <spawn.h>

enum spawn_kind { SPAWN_OPEN, SPAWN_CLOSE, SPAWN_DUP2, SPAWN_CHDIR, SPAWN_FCHDIR };

/* What the child does to its descriptors and its working directory before exec, in order. */
struct spawn_action {
	struct spawn_action *next;
	enum spawn_kind kind;
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
	pid_t group;
	sigset_t mask, defaults;
	int policy;
	struct sched_param scheduling;
};
