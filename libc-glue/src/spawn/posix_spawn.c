/*
 * posix_spawn: vfork and exec in one call, for programs that want neither the loan nor fork. The child reports an error
 * through the memory it borrows, so there is no status 127 to guess from.
 *
 * No handler of the parent runs in the memory that the child borrows: what the parent catches is SIG_DFL in the child from the start.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/fork.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../signal/handlers.h"
#include "../thread/thread.h"
#include "spawn.h"

typedef int exec_function(const char *path, char *const argv[], char *const envp[]);

struct spawn {
	exec_function *exec;
	const char *path;
	const posix_spawn_file_actions_t *actions;
	const posix_spawnattr_t *attributes;
};

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
	switch (action->kind) {
	case SPAWN_OPEN:
		return act_open(action);
	case SPAWN_CLOSE:
		close(action->fd);
		return 0;
	case SPAWN_DUP2:
		/* A descriptor duplicated onto itself is one to keep across exec. */
		if (action->from == action->fd)
			return fcntl(action->fd, F_SETFD, 0);
		return dup2(action->from, action->fd);
	case SPAWN_CHDIR:
		return chdir(action->path);
	default:
		return fchdir(action->fd);
	}
}

static void reset_signals(sigset_t defaults)
{
	const struct sigaction reset = {.sa_handler = SIG_DFL};

	for (int sig = 1; defaults >> sig; sig++)
		if (defaults & SIGNAL_BIT(sig))
			sigaction(sig, &reset, NULL);
}

/* A policy comes with its priority; a priority alone is one of the policy that the child has from its parent. */
static int schedule(const struct __posix_spawnattr *attributes)
{
	if (attributes->flags & POSIX_SPAWN_SETSCHEDULER)
		return sched_setscheduler(0, attributes->policy, &attributes->scheduling);
	if (attributes->flags & POSIX_SPAWN_SETSCHEDPARAM)
		return sched_setparam(0, &attributes->scheduling);
	return 0;
}

/* POSIX_SPAWN_RESETIDS has nothing to do: effective ids are the real ones. */
static int apply(const struct spawn *spawn, const struct __posix_spawnattr *attributes)
{
	int flags = attributes ? attributes->flags : 0;

	if (flags & POSIX_SPAWN_SETSIGDEF)
		reset_signals(attributes->defaults & ALL_SIGNALS);
	if ((flags & POSIX_SPAWN_SETSID) && setsid() < 0)
		return -1;
	if ((flags & POSIX_SPAWN_SETPGROUP) && setpgid(0, attributes->group) < 0)
		return -1;
	if (attributes && schedule(attributes) < 0)
		return -1;
	for (const struct spawn_action *each = spawn->actions ? (*spawn->actions)->first : NULL; each; each = each->next) {
		if (act(each) < 0)
			return -1;
	}
	if (flags & POSIX_SPAWN_SETSIGMASK)
		return sigprocmask(SIG_SETMASK, &attributes->mask, NULL);
	return 0;
}

/* In the child; returns what failed. */
static int become(const struct spawn *spawn, char *const argv[], char *const envp[])
{
	if (apply(spawn, spawn->attributes ? *spawn->attributes : NULL) == 0)
		spawn->exec(spawn->path, argv, envp ? envp : environ);
	return errno;
}

static int lend(const struct spawn *spawn, pid_t *pid, char *const argv[], char *const envp[])
{
	volatile int error = 0;
	pid_t child = vforkx(FORK_SIGDFL);

	if (child == 0) {
		error = become(spawn, argv, envp);
		_exit(127);
	}
	if (child < 0)
		error = errno;
	else if (error != 0)
		waitpid(child, NULL, 0);
	else if (pid)
		*pid = child;
	return error;
}

static int spawn(struct spawn *spawn, pid_t *pid, char *const argv[], char *const envp[])
{
	int saved = errno, error;

	cancel_hold(); /* the child runs on this thread's tp */
	error = lend(spawn, pid, argv, envp);
	cancel_release();
	errno = saved;
	return error;
}

int posix_spawn(pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *actions,
		const posix_spawnattr_t *restrict attributes, char *const argv[], char *const envp[])
{
	struct spawn how = {.exec = execve, .path = path, .actions = actions, .attributes = attributes};

	return spawn(&how, pid, argv, envp);
}

int posix_spawnp(pid_t *restrict pid, const char *restrict file, const posix_spawn_file_actions_t *actions,
		 const posix_spawnattr_t *restrict attributes, char *const argv[], char *const envp[])
{
	struct spawn how = {.exec = execvpe, .path = file, .actions = actions, .attributes = attributes};

	return spawn(&how, pid, argv, envp);
}
