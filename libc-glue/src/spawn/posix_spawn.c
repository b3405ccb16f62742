/*
 * posix_spawn: vfork and exec in one call, for programs that want neither the loan nor fork. The child reports an error
 * through the memory it borrows, so there is no status 127 to guess from.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "spawn.h"

typedef int exec_function(const char *path, char *const argv[], char *const envp[]);

static int act_open(const struct spawn_action *action)
{
	int fd = open(action->path, action->flags, action->mode);

	if (fd < 0 || fd == action->fd)
		return fd;
	int result = dup2(fd, action->fd);
	close(fd);
	return result;
}

static int act(const struct spawn_action *action)
{
	if (action->path[0] != '\0')
		return act_open(action);
	if (action->from < 0) {
		close(action->fd);
		return 0;
	}
	/* A descriptor duplicated onto itself is one to keep across exec. */
	if (action->from == action->fd)
		return fcntl(action->fd, F_SETFD, 0);
	return dup2(action->from, action->fd);
}

static void default_signals(const struct __posix_spawnattr *attributes)
{
	for (int sig = 1; sig < NSIG; sig++) {
		if (sigismember(&attributes->defaults, sig))
			signal(sig, SIG_DFL);
	}
}

/* In the child; returns what failed. */
static int become(exec_function *exec, const char *path, const posix_spawn_file_actions_t *actions,
		  const posix_spawnattr_t *attributes, char *const argv[], char *const envp[])
{
	if (attributes && ((*attributes)->flags & POSIX_SPAWN_SETSIGDEF))
		default_signals(*attributes);
	for (const struct spawn_action *each = actions ? (*actions)->first : NULL; each; each = each->next) {
		if (act(each) < 0)
			return errno;
	}
	exec(path, argv, envp ? envp : environ);
	return errno;
}

static int spawn(exec_function *exec, pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
		 const posix_spawnattr_t *attributes, char *const argv[], char *const envp[])
{
	int saved = errno;
	volatile int error = 0;
	pid_t child = vfork();

	if (child == 0) {
		error = become(exec, path, actions, attributes, argv, envp);
		_exit(127);
	}
	if (child < 0)
		error = errno;
	else if (error != 0)
		waitpid(child, NULL, 0);
	else if (pid)
		*pid = child;
	errno = saved;
	return error;
}

int posix_spawn(pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *actions,
		const posix_spawnattr_t *restrict attributes, char *const argv[], char *const envp[])
{
	return spawn(execve, pid, path, actions, attributes, argv, envp);
}

int posix_spawnp(pid_t *restrict pid, const char *restrict file, const posix_spawn_file_actions_t *actions,
		 const posix_spawnattr_t *restrict attributes, char *const argv[], char *const envp[])
{
	return spawn(execvpe, pid, file, actions, attributes, argv, envp);
}
