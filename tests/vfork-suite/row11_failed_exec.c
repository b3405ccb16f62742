/*
 * Row 11: an exec that fails returns -1 and errno to the child, which goes on borrowing: it may try another path, or
 * _exit. The manuals call this undefined; every system that starts programs by a search in PATH lives on it.
 */
#include "suite.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define TOO_MUCH 8000000

extern char **environ;

static int does_nothing(void)
{
	return 0;
}

/* One failed exec in a child of its own: the errno it gave there. */
static int error_of(const char *path, char *const arguments[])
{
	volatile int error = 0, result = 0;
	pid_t pid = vfork();

	if (pid == 0) {
		result = execve(path, arguments, environ);
		error = errno;
		_exit(3);
	}
	return suite_end(pid) == 3 && result == -1 ? error : -1;
}

static int its_errno_reaches_the_child(void)
{
	char *arguments[] = {"x", NULL}, below[512] = "";

	CHECK(strlen(suite_self()) + 3 < sizeof below);
	strcat(strcat(below, suite_self()), "/x");
	CHECK_EQUAL(error_of("/there/is/no/such/program", arguments), ENOENT);
	CHECK_EQUAL(error_of("/", arguments), EACCES);
	CHECK_EQUAL(error_of(below, arguments), ENOTDIR);
	return 0;
}

static int too_many_arguments_are_e2big(void)
{
	char *big = malloc(TOO_MUCH), *arguments[] = {"x", big, NULL};

	CHECK(big);
	memset(big, 'a', TOO_MUCH - 1);
	big[TOO_MUCH - 1] = '\0';
	CHECK_EQUAL(error_of(suite_self(), arguments), E2BIG);
	free(big);
	return 0;
}

static int what_is_no_program_is_enoexec(void)
{
	char path[] = "/tmp/vfork-suite.XXXXXX", *arguments[] = {"x", NULL};
	int fd = mkstemp(path), error;

	CHECK(fd >= 0);
	CHECK_EQUAL(write(fd, "\1\2\3 no program\n", 15), 15);
	close(fd);
	CHECK_EQUAL(error_of(path, arguments), EACCES);
	CHECK_EQUAL(chmod(path, 0755), 0);
	error = error_of(path, arguments);
	unlink(path);
	CHECK_EQUAL(error, ENOEXEC);
	return 0;
}

static volatile int failures;

IN_CHILD void fail_often(void)
{
	char *arguments[] = {"x", NULL};

	for (int i = 0; i < 20; i++)
		failures += execve(i % 2 ? "/" : "/there/is/no/such/program", arguments, environ) == -1;
}

static int another_path_may_be_tried(void)
{
	int before = suite_descriptors();
	pid_t pid = vfork();

	if (pid == 0) {
		fail_often();
		suite_exec("does_nothing");
		_exit(127);
	}
	CHECK_EQUAL(failures, 20); /* and not less: the parent was still asleep */
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(suite_descriptors(), before);
	return 0;
}

static int a_failed_exec_closes_nothing(void)
{
	char *arguments[] = {"x", NULL};
	int ends[2];
	pid_t pid;

	CHECK_EQUAL(suite_pipe(ends), 0);
	pid = vfork();
	if (pid == 0) {
		execve("/there/is/no/such/program", arguments, environ);
		_exit(suite_send(ends[1], 'x') != 1);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(suite_receive(ends[0]), 'x');
	return 0;
}

SUITE(row11_failed_exec, CASE(its_errno_reaches_the_child, BY_SUBLET), CASE(too_many_arguments_are_e2big, BY_SUBLET),
	CASE(what_is_no_program_is_enoexec, BY_SUBLET), CASE(another_path_may_be_tried, BY_SUBLET),
	CASE(a_failed_exec_closes_nothing, BY_SUBLET), HELPER(does_nothing))
