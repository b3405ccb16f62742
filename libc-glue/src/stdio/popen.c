/*
 * popen and pclose: a stream to or from a command of the shell. The streams that are open are listed, for pclose waits for
 * the process of its stream, and no command may hold the other ends (POSIX).
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../thread/thread.h"

struct piped {
	struct piped *next;
	FILE *stream;
	pid_t pid;
};

static struct piped *all;
static _LOCK_T lock;

/* Starts the command with `theirs` as its descriptor `fd`. The error's number, or 0. */
static int start(const char *command, int theirs, int fd, pid_t *pid)
{
	char *const argv[] = {(char *)"sh", (char *)"-c", (char *)command, NULL};
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error)
		return error;
	for (const struct piped *each = all; each && !error; each = each->next)
		error = posix_spawn_file_actions_addclose(&actions, fileno(each->stream));
	if (!error)
		error = posix_spawn_file_actions_adddup2(&actions, theirs, fd);
	if (!error)
		error = posix_spawn(pid, "/bin/sh", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

/* fds: both ends, close-on-exec; the command's is closed here. */
static int open_stream(struct piped *piped, const char *command, const char *mode, const int fds[2])
{
	int reads = mode[0] == 'r', error = 0;

	piped->stream = fdopen(fds[!reads], mode);
	if (!piped->stream)
		error = errno;
	else
		error = start(command, fds[reads], reads ? STDOUT_FILENO : STDIN_FILENO, &piped->pid);
	close(fds[reads]);
	if (!error)
		return 0;
	if (piped->stream)
		fclose(piped->stream);
	else
		close(fds[!reads]);
	return error;
}

/* "r", "w", and "e" behind them: close-on-exec. */
static int is_mode(const char *mode)
{
	return (mode[0] == 'r' || mode[0] == 'w') && (mode[1] == '\0' || strcmp(mode + 1, "e") == 0);
}

FILE *popen(const char *command, const char *mode)
{
	int fds[2], error = is_mode(mode) ? 0 : EINVAL;
	struct piped *piped = error ? NULL : malloc(sizeof *piped);

	/* Until it is listed: a command that starts meanwhile would hold the other end. The lock also holds off cancellation. */
	__libc_lock(&lock);
	if (piped)
		error = pipe2(fds, O_CLOEXEC) < 0 ? errno : open_stream(piped, command, mode, fds);
	else if (!error)
		error = ENOMEM;
	if (error) {
		__libc_unlock(&lock);
		free(piped);
		errno = error;
		return NULL;
	}
	if (mode[1] == '\0')
		fcntl(fileno(piped->stream), F_SETFD, 0);
	FILE *stream = piped->stream;
	piped->next = all;
	all = piped;
	__libc_unlock(&lock);
	return stream;
}

static struct piped *take(const FILE *stream)
{
	for (struct piped **at = &all, *each; (each = *at) != NULL; at = &each->next) {
		if (each->stream == stream) {
			*at = each->next;
			return each;
		}
	}
	return NULL;
}

int pclose(FILE *stream)
{
	int status, result;

	__libc_lock(&lock);
	struct piped *piped = take(stream);
	__libc_unlock(&lock);

	if (!piped) {
		errno = ECHILD;
		return -1;
	}
	pid_t pid = piped->pid;
	free(piped);
	fclose(stream);
	cancel_hold();
	while ((result = waitpid(pid, &status, 0)) < 0 && errno == EINTR)
		;
	cancel_release();
	return result < 0 ? -1 : status;
}
