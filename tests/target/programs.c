/*
 * Programs that the C library starts and ends: system, the exec functions and their path, the environment, posix_spawn, exit and abort.
 */
#include "files.h"
#include "harness.h"

#include <assert.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The exit status of the program found by execvp, or its errno plus 1000. */
static int run(const char *name)
{
	char *const argv[] = {(char *)name, "first", NULL};
	volatile int error = 0;
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		execvp(name, argv);
		error = errno;
		_exit(0);
	}
	status = target_wait(pid);
	if (error)
		return 1000 + error;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int system_gives_the_status_of_the_command(void)
{
	int status = system("exit 3");

	CHECK(WIFEXITED(status));
	CHECK_EQUAL(WEXITSTATUS(status), 3);
	CHECK_EQUAL(system("test \"$(echo a b | tr a-z A-Z)\" = 'A B'"), 0);
	status = system("no-such-command 2>/dev/null");
	CHECK_EQUAL(WEXITSTATUS(status), 127);
	CHECK(system(NULL) != 0);
	return 0;
}

static int system_tells_of_signals(void)
{
	int status = system("kill -TERM $$");

	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGTERM);
	CHECK(signal(SIGINT, SIG_DFL) == SIG_DFL); /* ignored only meanwhile */
	CHECK(signal(SIGQUIT, SIG_DFL) == SIG_DFL);
	return 0;
}

static int execvp_searches_path_in_order(void)
{
	CHECK_EQUAL(mkdir("/tmp/1", 0755) | mkdir("/tmp/2", 0755), 0);
	CHECK_EQUAL(file_make("/tmp/1/prog", "#!/bin/sh\nexit 11\n", 0755), 0);
	CHECK_EQUAL(file_make("/tmp/2/prog", "#!/bin/sh\nexit 12\n", 0755), 0);
	CHECK_EQUAL(setenv("PATH", "/none:/etc/motd:/tmp/1:/tmp/2", 1), 0);
	CHECK_EQUAL(run("prog"), 11);
	CHECK_EQUAL(chmod("/tmp/1/prog", 0644), 0);
	CHECK_EQUAL(run("prog"), 12); /* one that may not run does not end the search */
	CHECK_EQUAL(unlink("/tmp/2/prog"), 0);
	CHECK_EQUAL(run("prog"), 1000 + EACCES); /* but it is remembered */
	CHECK_EQUAL(unlink("/tmp/1/prog"), 0);
	CHECK_EQUAL(run("prog"), 1000 + ENOENT);
	CHECK_EQUAL(rmdir("/tmp/1") | rmdir("/tmp/2"), 0);
	return 0;
}

static int execvp_takes_names_with_a_slash_as_they_are(void)
{
	CHECK_EQUAL(setenv("PATH", "/bin", 1), 0);
	CHECK_EQUAL(run("/true"), 1000 + ENOENT);
	CHECK_EQUAL(run("bin/true"), 0);
	CHECK_EQUAL(run("./true"), 1000 + ENOENT);
	CHECK_EQUAL(run(""), 1000 + ENOENT);
	CHECK_EQUAL(run("true"), 0);
	return 0;
}

static int an_empty_part_of_path_is_the_working_directory(void)
{
	static const char *const paths[] = {":/none", "/none::/none2", "/none:"};

	CHECK_EQUAL(chdir("/bin"), 0);
	for (int i = 0; i < 3; i++) {
		CHECK_EQUAL(setenv("PATH", paths[i], 1), 0);
		CHECK_EQUAL(run("true"), 0);
	}
	CHECK_EQUAL(setenv("PATH", "/none", 1), 0);
	CHECK_EQUAL(run("true"), 1000 + ENOENT);
	CHECK_EQUAL(unsetenv("PATH"), 0);
	CHECK_EQUAL(chdir("/"), 0);
	CHECK_EQUAL(run("true"), 0); /* without PATH there is a default */
	return 0;
}

static int execvp_gives_what_is_no_program_to_the_shell(void)
{
	CHECK_EQUAL(file_make("/tmp/script", "test $1 = first && exit 21\n", 0755), 0);
	CHECK_EQUAL(run("/tmp/script"), 21);
	CHECK_EQUAL(setenv("PATH", "/tmp", 1), 0);
	CHECK_EQUAL(run("script"), 21);
	CHECK_EQUAL(unlink("/tmp/script"), 0);
	return 0;
}

static int the_environment_can_be_changed_and_is_inherited(void)
{
	static char put[] = "PUT=p";

	CHECK_EQUAL(setenv("A", "one", 1), 0);
	CHECK_EQUAL(setenv("A", "two", 0), 0);
	CHECK_EQUAL(strcmp(getenv("A"), "one"), 0);
	CHECK_EQUAL(setenv("A", "three", 1), 0);
	CHECK_EQUAL(putenv(put), 0);
	CHECK_EQUAL(system("test \"$A$PUT\" = threep"), 0);
	CHECK_EQUAL(unsetenv("A"), 0);
	CHECK(getenv("A") == NULL);
	CHECK_EQUAL(system("test -z \"$A\""), 0);
	CHECK_EQUAL(setenv("", "x", 1), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(setenv("A=B", "x", 1), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int execle_passes_another_environment(void)
{
	char *const envp[] = {"ONLY=this", NULL};
	pid_t pid;

	CHECK_EQUAL(setenv("OTHER", "x", 1), 0);
	pid = vfork();
	if (pid == 0) {
		execle("/bin/sh", "sh", "-c", "test \"$ONLY$OTHER\" = this", (char *)NULL, envp);
		_exit(127);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	return 0;
}

static int spawn_starts_a_program_with_its_descriptors(void)
{
	char *const argv[] = {"sh", "-c", "cat; echo done >&2; echo closed >&9", NULL};
	posix_spawn_file_actions_t actions;
	char bytes[512];
	ssize_t n;
	pid_t pid = 0;
	int fd;

	CHECK_EQUAL(dup2(1, 9), 9);
	CHECK_EQUAL(posix_spawn_file_actions_init(&actions), 0);
	CHECK_EQUAL(posix_spawn_file_actions_addopen(&actions, 0, "/etc/motd", O_RDONLY, 0), 0);
	CHECK_EQUAL(posix_spawn_file_actions_addopen(&actions, 1, "/tmp/out", O_WRONLY | O_CREAT, 0600), 0);
	CHECK_EQUAL(posix_spawn_file_actions_adddup2(&actions, 1, 2), 0);
	CHECK_EQUAL(posix_spawn_file_actions_addclose(&actions, 9), 0);
	CHECK_EQUAL(posix_spawn(&pid, "/bin/sh", &actions, NULL, argv, NULL), 0);
	CHECK(WEXITSTATUS(target_wait(pid)) != 0); /* 9 is closed there */
	CHECK_EQUAL(posix_spawn_file_actions_destroy(&actions), 0);
	CHECK_EQUAL(fcntl(9, F_GETFD), 0);
	fd = open("/tmp/out", O_RDONLY);
	n = read(fd, bytes, sizeof bytes - 1);
	CHECK(n > 5);
	bytes[n] = '\0';
	CHECK(strstr(bytes, "done\n"));
	CHECK_EQUAL(unlink("/tmp/out"), 0);
	return 0;
}

static int spawn_returns_what_is_wrong(void)
{
	char *const argv[] = {"true", NULL};
	pid_t pid = -7;

	errno = 0;
	CHECK_EQUAL(posix_spawn(&pid, "/bin/none", NULL, NULL, argv, NULL), ENOENT);
	CHECK_EQUAL(posix_spawn(&pid, "/etc/motd", NULL, NULL, argv, NULL), EACCES);
	CHECK_EQUAL(pid, -7);
	CHECK_EQUAL(errno, 0);
	CHECK_EQUAL(wait(NULL), -1); /* no child is left over */
	CHECK_EQUAL(errno, ECHILD);
	CHECK_EQUAL(setenv("PATH", "/none:/bin", 1), 0);
	CHECK_EQUAL(posix_spawnp(&pid, "true", NULL, NULL, argv, NULL), 0);
	CHECK_EQUAL(target_wait(pid), 0);
	return 0;
}

static void says_first(void)
{
	write(TARGET_OUT, "1", 1);
}

static void says_second(void)
{
	write(TARGET_OUT, "2", 1);
}

/* Leaves by exit() with text in a stream's buffer. */
static int exits(void)
{
	FILE *file = fdopen(TARGET_OUT, "w");

	atexit(says_second);
	atexit(says_first);
	fputs("3", file);
	exit(4);
}

static int leaves_at_once(void)
{
	FILE *file = fdopen(TARGET_OUT, "w");

	atexit(says_first);
	fputs("3", file);
	_exit(5);
}

static int aborts(void)
{
	abort();
}

static int asserts_the_impossible(void)
{
	volatile int one = 1;

	close(2); /* its message is not for this console */
	assert(one == 2);
	return 0;
}

/* What the helper writes before it ends. */
static int output_of(const char *helper, char *text, size_t size, int *status)
{
	ssize_t n;
	int fds[2];
	pid_t pid;

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid = target_start(helper, -1, fds[1]);
	close(fds[1]);
	CHECK(pid > 0);
	*status = target_wait(pid);
	n = read(fds[0], text, size - 1);
	CHECK(n >= 0);
	text[n] = '\0';
	close(fds[0]);
	return 0;
}

static int exit_runs_its_handlers_and_flushes(void)
{
	char text[16];
	int status;

	CHECK_EQUAL(output_of("exits", text, sizeof text, &status), 0);
	CHECK_EQUAL(WEXITSTATUS(status), 4);
	CHECK_EQUAL(strcmp(text, "123"), 0);
	CHECK_EQUAL(output_of("leaves_at_once", text, sizeof text, &status), 0);
	CHECK_EQUAL(WEXITSTATUS(status), 5);
	CHECK_EQUAL(strcmp(text, ""), 0);
	return 0;
}

static int abort_and_assert_end_by_sigabrt(void)
{
	int status = target_spawn_case("aborts");

	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGABRT);
	status = target_spawn_case("asserts_the_impossible");
	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGABRT);
	return 0;
}

TARGET_CASES(programs, CASE(system_gives_the_status_of_the_command), CASE(system_tells_of_signals),
	     CASE(execvp_searches_path_in_order), CASE(execvp_takes_names_with_a_slash_as_they_are),
	     CASE(an_empty_part_of_path_is_the_working_directory), CASE(execvp_gives_what_is_no_program_to_the_shell),
	     CASE(the_environment_can_be_changed_and_is_inherited), CASE(execle_passes_another_environment),
	     CASE(spawn_starts_a_program_with_its_descriptors), CASE(spawn_returns_what_is_wrong),
	     CASE(exit_runs_its_handlers_and_flushes), CASE(abort_and_assert_end_by_sigabrt), HELPER(exits),
	     HELPER(leaves_at_once), HELPER(aborts), HELPER(asserts_the_impossible))
