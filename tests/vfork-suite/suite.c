/*
 * The main program of every program of the suite; suite.h tells what it does. It asks of a system no more than vfork,
 * exec, waitpid, pipes and alarm, and can do without the last (SUITE_NO_ALARM): then the runner must end what hangs.
 */
#include "suite.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#ifndef SUITE_SECONDS
#define SUITE_SECONDS 30
#endif
#define MOST_DESCRIPTORS 256

/* The manuals that this system is held to; -DSUITE_SYSTEM=BY_LINUX says so for one that follows another's. */
#ifndef SUITE_SYSTEM
#if defined __sublet__
#define SUITE_SYSTEM BY_SUBLET
#elif defined __linux__
#define SUITE_SYSTEM BY_LINUX
#elif defined __sun
#define SUITE_SYSTEM BY_SOLARIS
#elif defined __FreeBSD__ || defined __NetBSD__ || defined __OpenBSD__ || defined __DragonFly__
#define SUITE_SYSTEM BY_BSD
#else
#define SUITE_SYSTEM 0u
#endif
#endif

extern char **environ;

static const char *self;
unsigned suite_alarm_before;

const char *suite_self(void)
{
	return self;
}

void suite_failed(const char *file, int line, const char *condition)
{
	printf("# %s:%d: does not hold: %s (errno %d, %s)\n", file, line, condition, errno, strerror(errno));
}

void suite_differs(const char *file, int line, const char *expression, long actual, long expected)
{
	printf("# %s:%d: %s is %ld, expected %ld\n", file, line, expression, actual, expected);
}

int suite_skipped(const char *reason)
{
	printf("# skipped: %s\n", reason);
	return SUITE_SKIPPED;
}

int suite_pipe(int ends[2])
{
	if (pipe(ends) < 0)
		return -1;
	if (fcntl(ends[0], F_SETFD, FD_CLOEXEC) < 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) < 0)
		return -1;
	return 0;
}

int suite_send(int fd, char byte)
{
	return (int)write(fd, &byte, 1);
}

int suite_receive(int fd)
{
	char byte;
	ssize_t count;

	do
		count = read(fd, &byte, 1);
	while (count < 0 && errno == EINTR);
	return count == 1 ? (unsigned char)byte : -1;
}

int suite_exec(const char *helper)
{
	char *arguments[] = {(char *)self, (char *)helper, NULL};

	return execve(self, arguments, environ);
}

pid_t suite_start(const char *helper, int in, int out)
{
	volatile int error = 0;
	pid_t pid = vfork();

	if (pid == 0) {
		if ((in < 0 || dup2(in, SUITE_IN) >= 0) && (out < 0 || dup2(out, SUITE_OUT) >= 0))
			suite_exec(helper);
		error = errno;
		_exit(127);
	}
	if (pid > 0 && error) {
		waitpid(pid, NULL, 0);
		errno = error;
		return -1;
	}
	return pid;
}

int suite_end(pid_t pid)
{
	int status;
	pid_t ended;

	if (pid <= 0)
		return -1;
	do
		ended = waitpid(pid, &status, 0);
	while (ended < 0 && errno == EINTR);
	if (ended != pid)
		return -1;
	return WIFSIGNALED(status) ? SUITE_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

int suite_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < MOST_DESCRIPTORS; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static const struct suite_case *find(const char *name)
{
	const struct suite_case *each = suite_cases;

	while (each->name && strcmp(each->name, name) != 0)
		each++;
	return each->name ? each : NULL;
}

static void limit_time(void)
{
#ifndef SUITE_NO_ALARM
	suite_alarm_before = alarm(SUITE_SECONDS);
#endif
}

/* A case that holds has waited for all of its children. */
static int leaves_a_child(void)
{
	pid_t left = waitpid(-1, NULL, WNOHANG);

	if (left < 0 && errno == ECHILD)
		return 0;
	printf("# a child was left behind (waitpid gave %ld)\n", (long)left);
	return 1;
}

static int run_here(const char *name)
{
	const struct suite_case *found = find(name);
	int result;

	if (!found) {
		fprintf(stderr, "%s: there is no case '%s'\n", self, name);
		return 2;
	}
	limit_time();
	result = found->run();
	if (found->promised_by && result == 0)
		result = leaves_a_child();
	fflush(stdout);
	return result;
}

static const char *comment_on(const struct suite_case *each, int end)
{
	if (end == SUITE_SKIPPED)
		return " # SKIP cannot be tried here";
	if (end != 0 && !(each->promised_by & (BY_POSIX | SUITE_SYSTEM)))
		return " # TODO not promised here";
	return "";
}

/* Run a case as a process; returns 1 if it failed and must not. */
static int run_apart(int number, const struct suite_case *each)
{
	int good, end;
	const char *comment;

	fflush(stdout);
	end = suite_end(suite_start(each->name, -1, -1));
	if (end >= SUITE_SIGNAL)
		printf("# ended by signal %d%s\n", end - SUITE_SIGNAL,
			end == SUITE_SIGNAL + SIGALRM ? ": it took too long" : "");
	good = end == 0 || end == SUITE_SKIPPED;
	comment = comment_on(each, end);
	printf("%s %d - %s.%s%s\n", good ? "ok" : "not ok", number, suite_program, each->name, comment);
	return !good && !*comment;
}

static int run_all(void)
{
	int count = 0, failed = 0;

	for (const struct suite_case *each = suite_cases; each->name; each++)
		count += each->promised_by != 0;
	printf("1..%d\n", count);
	count = 0;
	for (const struct suite_case *each = suite_cases; each->name; each++)
		if (each->promised_by)
			failed += run_apart(++count, each);
	fflush(stdout);
	return failed != 0;
}

int main(int argc, char **argv)
{
	if (argc > 2 || !strchr(argv[0], '/')) {
		fprintf(stderr, "usage: PATH/%s [case]   (by its path: it starts itself)\n", suite_program);
		return 2;
	}
	self = argv[0];
	return argc == 2 ? run_here(argv[1]) : run_all();
}
