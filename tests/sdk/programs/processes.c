/* vfork, exec with and without a search, waiting, and what becomes of errors. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static int status_of(pid_t pid)
{
	int status;

	CHECK(waitpid(pid, &status, 0) == pid);
	return status;
}

static void check_exit(void)
{
	pid_t pid = vfork();

	if (pid == 0)
		_exit(7);
	int status = status_of(pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

static void check_exec(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		execlp("sh", "sh", "-c", "exit 9", (char *)NULL);
		_exit(127);
	}
	CHECK(WEXITSTATUS(status_of(pid)) == 9);
}

static void check_exec_failure(void)
{
	volatile int error = 0;
	pid_t pid = vfork();

	if (pid == 0) {
		execl("/no/such/program", "x", (char *)NULL);
		error = errno;
		_exit(1);
	}
	CHECK(WEXITSTATUS(status_of(pid)) == 1 && error == ENOENT);
}

static void check_signal(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		kill(getpid(), SIGTERM);
		_exit(0);
	}
	int status = status_of(pid);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}

static void check_spawn(void)
{
	char *argv[] = {"sh", "-c", "echo spawned", NULL}, got[16] = "";
	posix_spawn_file_actions_t actions;
	int fds[2];
	pid_t pid = -1;

	CHECK(pipe(fds) == 0 && posix_spawn_file_actions_init(&actions) == 0);
	CHECK(posix_spawn_file_actions_adddup2(&actions, fds[1], STDOUT_FILENO) == 0);
	CHECK(posix_spawn_file_actions_addclose(&actions, fds[0]) == 0);
	CHECK(posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0);
	CHECK(posix_spawnp(&pid, "sh", &actions, NULL, argv, NULL) == 0 && status_of(pid) == 0);
	CHECK(read(fds[0], got, sizeof got) == 8 && strcmp(got, "spawned\n") == 0);
	CHECK(posix_spawn(&pid, "/no/such/program", NULL, NULL, argv, NULL) == ENOENT);
	CHECK(close(fds[0]) == 0 && close(fds[1]) == 0 && posix_spawn_file_actions_destroy(&actions) == 0);
}

int main(void)
{
	check_spawn();
	check_exit();
	check_exec();
	check_exec_failure();
	check_signal();
	CHECK(wait(NULL) == -1 && errno == ECHILD);
	CHECK(WEXITSTATUS(system("exit 3")) == 3);
	puts("processes ok");
	return failures != 0;
}
