/*
 * Runs a command with the shell: POSIX system(). Meanwhile the caller ignores SIGINT and SIGQUIT, which are meant for the
 * command, and holds back SIGCHLD, so that a handler's wait does not take the status away.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../thread/thread.h"

struct saved {
	struct sigaction interrupt, quit;
	sigset_t mask;
};

static void hold(struct saved *saved)
{
	const struct sigaction ignore = {.sa_handler = SIG_IGN};
	const sigset_t child = (sigset_t)1 << SIGCHLD;

	sigaction(SIGINT, &ignore, &saved->interrupt);
	sigaction(SIGQUIT, &ignore, &saved->quit);
	sigprocmask(SIG_BLOCK, &child, &saved->mask);
}

static void let_go(const struct saved *saved)
{
	sigaction(SIGINT, &saved->interrupt, NULL);
	sigaction(SIGQUIT, &saved->quit, NULL);
	sigprocmask(SIG_SETMASK, &saved->mask, NULL);
}

/* exec would reset a handler; doing it here keeps it from running in the borrowed memory. */
static void restore_for_command(int sig, const struct sigaction *saved)
{
	if (saved->sa_handler != SIG_IGN)
		signal(sig, SIG_DFL);
}

static void run(const char *command, const struct saved *saved)
{
	restore_for_command(SIGINT, &saved->interrupt);
	restore_for_command(SIGQUIT, &saved->quit);
	sigprocmask(SIG_SETMASK, &saved->mask, NULL);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return status;
}

int system(const char *command)
{
	struct saved saved;

	if (!command)
		return access("/bin/sh", X_OK) == 0;
	pthread_testcancel();
	cancel_hold();
	hold(&saved);
	pid_t pid = vfork();
	if (pid == 0)
		run(command, &saved);
	int status = pid < 0 ? -1 : wait_for(pid);
	let_go(&saved);
	cancel_release();
	return status;
}
