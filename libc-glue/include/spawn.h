/* newlib's <spawn.h>, and what POSIX has added since. */
#ifndef SUBLET_SPAWN_H
#define SUBLET_SPAWN_H

#include <sched.h>
#include_next <spawn.h>

#define POSIX_SPAWN_SETSID 0x40

#ifdef __cplusplus
extern "C" {
#endif

/* The child's working directory, for it and the actions that follow. 0, ENOMEM, or EBADF. */
int posix_spawn_file_actions_addchdir(posix_spawn_file_actions_t *__restrict actions, const char *__restrict path);
int posix_spawn_file_actions_addfchdir(posix_spawn_file_actions_t *actions, int fd);
#define posix_spawn_file_actions_addchdir_np posix_spawn_file_actions_addchdir
#define posix_spawn_file_actions_addfchdir_np posix_spawn_file_actions_addfchdir

#ifdef __cplusplus
}
#endif

#endif
