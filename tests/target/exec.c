/*
 * execve: one commit point. What fails says why and changes nothing; what succeeds keeps the pid, resets what POSIX says, and shares its
 * text.
 */
#include "harness.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The errno that execve(path) gives a borrower, which then ends by itself. */
static int exec_errno(const char *path, char *const argv[], char *const envp[])
{
	volatile int error = 0;
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		execve(path, argv, envp);
		error = errno;
		_exit(42);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 42)
		return -1;
	return error;
}

static char *const nothing[] = {"x", NULL};

static int file_write(const char *path, const void *bytes, size_t size, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);

	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
		return -1;
	return close(fd);
}

static int file_copy(const char *from, const char *to)
{
	char part[64];
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0755);
	ssize_t n = -1;

	while (in >= 0 && out >= 0 && (n = read(in, part, sizeof part)) > 0)
		if (write(out, part, (size_t)n) != n)
			return -1;
	close(in);
	close(out);
	return n == 0 ? 0 : -1;
}

static int run(const char *path, char *const argv[])
{
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		execv(path, argv);
		_exit(127);
	}
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int names_that_do_not_lead_to_a_program(void)
{
	char longest[PATH_MAX + 2];

	CHECK_EQUAL(exec_errno("/bin/none", nothing, NULL), ENOENT);
	CHECK_EQUAL(exec_errno("", nothing, NULL), ENOENT);
	CHECK_EQUAL(exec_errno("/bin/true/x", nothing, NULL), ENOTDIR);
	CHECK_EQUAL(exec_errno("/bin", nothing, NULL), EACCES);
	CHECK_EQUAL(exec_errno("/etc/motd", nothing, NULL), EACCES);
	CHECK_EQUAL(exec_errno("/dev/null", nothing, NULL), EACCES);
	memset(longest, 'a', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	CHECK_EQUAL(exec_errno(longest, nothing, NULL), ENAMETOOLONG);
	return 0;
}

static int files_that_are_no_programs(void)
{
	CHECK_EQUAL(file_write("/tmp/junk", "not a program\n", 14, 0755), 0);
	CHECK_EQUAL(exec_errno("/tmp/junk", nothing, NULL), ENOEXEC);
	CHECK_EQUAL(file_write("/tmp/junk", "", 0, 0755), 0);
	CHECK_EQUAL(exec_errno("/tmp/junk", nothing, NULL), ENOEXEC);
	CHECK_EQUAL(file_write("/tmp/junk", "#!/bin/none\n", 12, 0755), 0);
	CHECK_EQUAL(exec_errno("/tmp/junk", nothing, NULL), ENOENT);
	CHECK_EQUAL(file_write("/tmp/junk", "#!\n", 3, 0755), 0);
	CHECK_EQUAL(exec_errno("/tmp/junk", nothing, NULL), ENOEXEC);
	CHECK_EQUAL(file_write("/tmp/junk", "x", 1, 0644), 0);
	CHECK_EQUAL(chmod("/tmp/junk", 0644), 0);
	CHECK_EQUAL(exec_errno("/tmp/junk", nothing, NULL), EACCES);
	CHECK_EQUAL(unlink("/tmp/junk"), 0);
	return 0;
}

/* Every prefix of a real program, and each header byte changed: an errno, never a crash of the system. */
static int damaged_programs_are_refused(void)
{
	char image[128];
	int fd = open("/bin/true", O_RDONLY);

	CHECK(fd >= 0);
	CHECK_EQUAL(read(fd, image, sizeof image), sizeof image);
	close(fd);
	for (size_t size = 0; size <= sizeof image; size += 8) {
		CHECK_EQUAL(file_write("/tmp/cut", image, size, 0755), 0);
		CHECK_EQUAL(exec_errno("/tmp/cut", nothing, NULL), ENOEXEC);
	}
	CHECK_EQUAL(unlink("/tmp/cut"), 0);
	return 0;
}

static int arguments_too_large(void)
{
	static char big[ARG_MAX];
	char *const argv[] = {"x", big, NULL};
	char *const fits[] = {"true", "a", "b", NULL};

	memset(big, 'a', sizeof big - 1);
	CHECK_EQUAL(exec_errno("/bin/true", argv, NULL), E2BIG);
	CHECK_EQUAL(exec_errno("/bin/true", nothing, argv), E2BIG);
	CHECK_EQUAL(run("/bin/true", fits), 0);
	return 0;
}

static int scripts_run_by_their_interpreter(void)
{
	static const char script[] = "#! /bin/sh -e \nexit $(($# + 40))\n";
	char *const argv[] = {"/tmp/script", "one", "two", NULL};

	CHECK_EQUAL(file_write("/tmp/script", script, sizeof script - 1, 0755), 0);
	CHECK_EQUAL(chmod("/tmp/script", 0755), 0);
	CHECK_EQUAL(run("/tmp/script", argv), 42);
	CHECK_EQUAL(unlink("/tmp/script"), 0);
	return 0;
}

static int close_on_exec_closes_before_the_parent_wakes(void)
{
	char *const argv[] = {"sleep", "1", NULL};
	int fds[2], status;
	char byte;
	pid_t pid;

	CHECK_EQUAL(pipe(fds), 0);
	CHECK_EQUAL(fcntl(fds[1], F_SETFD, FD_CLOEXEC), 0);
	pid = vfork();
	if (pid == 0) {
		execv("/bin/sleep", argv);
		_exit(127);
	}
	CHECK(pid > 0);
	close(fds[1]);
	CHECK_EQUAL(read(fds[0], &byte, 1), 0); /* end of file while the program still sleeps */
	CHECK_EQUAL(waitpid(pid, &status, WNOHANG), 0);
	kill(pid, SIGKILL);
	CHECK_EQUAL(waitpid(pid, &status, 0), pid);
	close(fds[0]);
	return 0;
}

static int the_pid_stays(void)
{
	char *const argv[] = {"sh", "-c", "test $$ -eq $(cat /tmp/pid)", NULL};
	char text[16];
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		int n = snprintf(text, sizeof text, "%d\n", (int)getpid());
		int fd = open("/tmp/pid", O_WRONLY | O_CREAT | O_TRUNC, 0644);

		write(fd, text, (size_t)n);
		close(fd);
		execv("/bin/sh", argv);
		_exit(127);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status));
	CHECK_EQUAL(WEXITSTATUS(status), 0);
	CHECK_EQUAL(unlink("/tmp/pid"), 0);
	return 0;
}

static uintptr_t text_of(pid_t pid)
{
	char path[32], line[96];
	unsigned long text = 0;
	FILE *maps;

	snprintf(path, sizeof path, "/proc/%d/maps", (int)pid);
	maps = fopen(path, "r");
	while (maps && fgets(line, sizeof line, maps))
		if (strstr(line, "text"))
			sscanf(line, "%lx", &text);
	if (maps)
		fclose(maps);
	return text;
}

#define CROWD 20

static pid_t start_sleep(const char *path)
{
	char *const argv[] = {"sleep", "100", NULL};
	pid_t pid = vfork();

	if (pid == 0) {
		execv(path, argv);
		_exit(127);
	}
	return pid;
}

static int crowd_shares_its_text(const char *path)
{
	pid_t pids[CROWD];
	uintptr_t text;
	int status;

	for (int i = 0; i < CROWD; i++)
		CHECK((pids[i] = start_sleep(path)) > 0);
	text = text_of(pids[0]);
	CHECK(text != 0);
	for (int i = 1; i < CROWD; i++)
		CHECK_EQUAL(text_of(pids[i]), text);
	for (int i = 0; i < CROWD; i++) {
		CHECK_EQUAL(kill(pids[i], SIGTERM), 0);
		CHECK_EQUAL(waitpid(pids[i], &status, 0), pids[i]);
		CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	}
	return 0;
}

static int twenty_processes_share_text_in_rom(void)
{
	return crowd_shares_its_text("/bin/sleep");
}

static int twenty_processes_share_text_loaded_from_tmpfs(void)
{
	CHECK_EQUAL(file_copy("/bin/sleep", "/tmp/sleep"), 0);
	CHECK_EQUAL(crowd_shares_its_text("/tmp/sleep"), 0);
	CHECK_EQUAL(unlink("/tmp/sleep"), 0);
	return 0;
}

static int running_text_cannot_be_written(void)
{
	pid_t pid;
	int status;

	CHECK_EQUAL(file_copy("/bin/sleep", "/tmp/busy"), 0);
	CHECK((pid = start_sleep("/tmp/busy")) > 0);
	CHECK_EQUAL(open("/tmp/busy", O_WRONLY), -1);
	CHECK_EQUAL(errno, ETXTBSY);
	kill(pid, SIGKILL);
	CHECK_EQUAL(waitpid(pid, &status, 0), pid);
	status = open("/tmp/busy", O_WRONLY);
	CHECK(status >= 0);
	close(status);
	CHECK_EQUAL(unlink("/tmp/busy"), 0);
	return 0;
}

/* vfork + exec with each allocation failing in turn: an errno in the right place, nothing lost (the harness compares). */
static int every_allocation_may_fail(void)
{
	char *const argv[] = {"true", NULL};
	int fd = open("/proc/memfail", O_WRONLY);
	int n = 0, done = 0;

	CHECK(fd >= 0);
	while (!done && ++n < 64) {
		char text[4] = {(char)('0' + n / 10), (char)('0' + n % 10), '\n', 0};
		volatile int error = 0;
		int status;
		pid_t pid;

		CHECK_EQUAL(write(fd, text, 3), 3);
		pid = vfork();
		if (pid == 0) {
			execv("/bin/true", argv);
			error = errno;
			_exit(42);
		}
		write(fd, "0\n", 2);
		if (pid < 0) {
			CHECK_EQUAL(errno, ENOMEM);
			continue;
		}
		CHECK_EQUAL(waitpid(pid, &status, 0), pid);
		CHECK(WIFEXITED(status));
		if (WEXITSTATUS(status) == 42)
			CHECK_EQUAL(error, ENOMEM);
		else
			done = 1;
	}
	close(fd);
	CHECK(done);
	CHECK(n > 3);
	return 0;
}

TARGET_CASES(exec, CASE(names_that_do_not_lead_to_a_program), CASE(files_that_are_no_programs),
	     CASE(damaged_programs_are_refused), CASE(arguments_too_large), CASE(scripts_run_by_their_interpreter),
	     CASE(close_on_exec_closes_before_the_parent_wakes), CASE(the_pid_stays),
	     CASE(twenty_processes_share_text_in_rom), CASE(twenty_processes_share_text_loaded_from_tmpfs),
	     CASE(running_text_cannot_be_written), CASE(every_allocation_may_fail))
