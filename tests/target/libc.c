/*
 * What the C library adds to the system calls: starting programs, the environment, directories, temporary files, the end
 * of a process.
 */
#include "harness.h"

#include <assert.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int file_make(const char *path, const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd) < 0)
		return -1;
	return chmod(path, mode);
}

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

static int getcwd_allocates_when_asked(void)
{
	char *cwd;

	CHECK_EQUAL(chdir("/proc/self"), 0);
	cwd = getcwd(NULL, 0);
	CHECK(cwd && strncmp(cwd, "/proc/", 6) == 0);
	CHECK_EQUAL(atoi(cwd + 6), getpid());
	free(cwd);
	CHECK(getcwd(NULL, 3) == NULL);
	CHECK_EQUAL(errno, ERANGE);
	return 0;
}

static int realpath_resolves_dots_and_links(void)
{
	char path[PATH_MAX], expected[32];

	snprintf(expected, sizeof expected, "/proc/%d/stat", (int)getpid());
	CHECK(realpath("/bin/.././proc//self/stat", path) == path);
	CHECK_EQUAL(strcmp(path, expected), 0);
	CHECK(realpath("/tmp/none", path) == NULL);
	CHECK_EQUAL(errno, ENOENT);
	CHECK(realpath("/etc/motd/x", path) == NULL);
	CHECK_EQUAL(errno, ENOTDIR);
	return 0;
}

static int a_directory_stream_can_be_rewound(void)
{
	char first[64];
	int fd = open("/etc", O_RDONLY);
	DIR *dir = fdopendir(fd);
	struct dirent *entry;

	CHECK(dir);
	CHECK_EQUAL(dirfd(dir), fd);
	CHECK((entry = readdir(dir)));
	snprintf(first, sizeof first, "%s", entry->d_name);
	while (readdir(dir))
		;
	CHECK(readdir(dir) == NULL);
	rewinddir(dir);
	CHECK((entry = readdir(dir)));
	CHECK_EQUAL(strcmp(entry->d_name, first), 0);
	CHECK_EQUAL(closedir(dir), 0);
	CHECK_EQUAL(fcntl(fd, F_GETFD), -1);
	return 0;
}

static int temporary_files_have_names_of_their_own(void)
{
	char one[] = "/tmp/t-XXXXXX", two[] = "/tmp/t-XXXXXX", bad[] = "/none/t-XXXXXX";
	int first = mkstemp(one), second = mkstemp(two);
	struct stat st;

	CHECK(first >= 0 && second >= 0);
	CHECK(strcmp(one, two) != 0 && !strstr(one, "XXXXXX"));
	CHECK_EQUAL(stat(one, &st), 0);
	CHECK_EQUAL(st.st_mode & 077, 0);
	CHECK_EQUAL(write(first, "x", 1), 1);
	CHECK_EQUAL(mkstemp(bad), -1);
	CHECK_EQUAL(errno, ENOENT);
	CHECK_EQUAL(unlink(one) | unlink(two), 0);
	return 0;
}

static int streams_read_write_and_seek(void)
{
	char line[16];
	FILE *file = fopen("/tmp/stream", "w+");

	CHECK(file);
	CHECK(fprintf(file, "%s %d %.3f\n", "line", -1, 2.5) == 14);
	CHECK_EQUAL(fseek(file, 5, SEEK_SET), 0);
	CHECK(fgets(line, sizeof line, file));
	CHECK_EQUAL(strcmp(line, "-1 2.500\n"), 0);
	CHECK_EQUAL(ftell(file), 14);
	CHECK(fgetc(file) == EOF && feof(file));
	CHECK_EQUAL(fclose(file), 0);
	file = fopen("/tmp/stream", "a");
	CHECK(file && fputs("more", file) >= 0 && fclose(file) == 0);
	file = fopen("/tmp/stream", "r");
	CHECK(file && fseek(file, 0, SEEK_END) == 0 && ftell(file) == 18);
	CHECK(fputc('x', file) == EOF);
	fclose(file);
	CHECK(fopen("/tmp/none", "r") == NULL);
	CHECK_EQUAL(errno, ENOENT);
	CHECK_EQUAL(remove("/tmp/stream"), 0);
	return 0;
}

static int remove_takes_files_and_directories(void)
{
	CHECK_EQUAL(file_make("/tmp/f", "", 0600), 0);
	CHECK_EQUAL(mkdir("/tmp/d", 0700), 0);
	CHECK_EQUAL(remove("/tmp/f"), 0);
	CHECK_EQUAL(remove("/tmp/d"), 0);
	CHECK_EQUAL(remove("/tmp/d"), -1);
	CHECK_EQUAL(errno, ENOENT);
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

static int calendar_and_seconds_agree(void)
{
	struct tm tm;
	char text[32];
	time_t leap = 1709164800 + 3661; /* 2024-02-29 01:01:01 */

	CHECK(gmtime_r(&leap, &tm) == &tm);
	CHECK(strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %a", &tm) > 0);
	CHECK_EQUAL(strcmp(text, "2024-02-29 01:01:01 Thu"), 0);
	CHECK_EQUAL(mktime(&tm), leap); /* without TZ, local time is UTC */
	return 0;
}

static int sysconf_knows_the_limits(void)
{
	CHECK_EQUAL(sysconf(_SC_OPEN_MAX), OPEN_MAX);
	CHECK(sysconf(_SC_PAGESIZE) > 0);
	CHECK_EQUAL(sysconf(_SC_NPROCESSORS_ONLN), 1);
	errno = 0;
	CHECK_EQUAL(sysconf(-5), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

TARGET_CASES(libc, CASE(system_gives_the_status_of_the_command), CASE(system_tells_of_signals),
	     CASE(execvp_searches_path_in_order), CASE(execvp_takes_names_with_a_slash_as_they_are),
	     CASE(an_empty_part_of_path_is_the_working_directory), CASE(execvp_gives_what_is_no_program_to_the_shell),
	     CASE(the_environment_can_be_changed_and_is_inherited), CASE(execle_passes_another_environment),
	     CASE(getcwd_allocates_when_asked), CASE(realpath_resolves_dots_and_links),
	     CASE(a_directory_stream_can_be_rewound), CASE(temporary_files_have_names_of_their_own),
	     CASE(streams_read_write_and_seek), CASE(remove_takes_files_and_directories),
	     CASE(spawn_starts_a_program_with_its_descriptors), CASE(spawn_returns_what_is_wrong),
	     CASE(exit_runs_its_handlers_and_flushes), CASE(abort_and_assert_end_by_sigabrt),
	     CASE(calendar_and_seconds_agree), CASE(sysconf_knows_the_limits), HELPER(exits), HELPER(leaves_at_once),
	     HELPER(aborts), HELPER(asserts_the_impossible))
