/*
 * vfork: the child runs first, on its parent's memory, and the parent goes on when the child has exec'd or ended.
 */
#include "harness.h"

#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 1000

static int wait_status(pid_t pid)
{
	int status;
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int parent_resumes_after_exit(void)
{
	volatile int marks = 0;
	pid_t pid = vfork();
	if (pid == 0) {
		marks++;
		_exit(7);
	}
	CHECK(pid > 0);
	CHECK_EQUAL(marks, 1);
	CHECK_EQUAL(wait_status(pid), 7);
	return 0;
}

static int parent_resumes_after_exec(void)
{
	char *const arguments[] = { "sh", "-c", "exit 9", NULL };
	volatile int error = 0;
	pid_t pid = vfork();
	if (pid == 0) {
		execv("/bin/sh", arguments);
		error = errno;
		_exit(127);
	}
	CHECK(pid > 0);
	CHECK_EQUAL(error, 0);
	CHECK_EQUAL(wait_status(pid), 9);
	return 0;
}

static int child_goes_on_after_failed_exec(void)
{
	char *const arguments[] = { "nothing", NULL };
	volatile int error = 0;
	pid_t pid = vfork();
	if (pid == 0) {
		execv("/bin/there-is-no-such-program", arguments);
		error = errno;
		_exit(3);
	}
	CHECK(pid > 0);
	CHECK_EQUAL(error, ENOENT);
	CHECK_EQUAL(wait_status(pid), 3);
	return 0;
}

static int child_has_its_own_descriptors(void)
{
	pid_t pid = vfork();
	if (pid == 0)
		_exit(close(STDIN_FILENO) == 0 && open("/dev/null", O_RDONLY) == STDIN_FILENO ? 0 : 1);
	CHECK(pid > 0);
	CHECK_EQUAL(wait_status(pid), 0);
	int before = target_descriptor_count();
	pid = vfork();
	if (pid == 0) {
		close(STDIN_FILENO);
		_exit(0);
	}
	CHECK(pid > 0);
	CHECK_EQUAL(wait_status(pid), 0);
	CHECK_EQUAL(target_descriptor_count(), before);
	return 0;
}

static int borrowers_nest(void)
{
	volatile int depth = 0;
	pid_t pid = vfork();
	if (pid == 0) {
		pid_t inner = vfork();
		if (inner == 0) {
			depth = 2;
			_exit(5);
		}
		_exit(depth == 2 && wait_status(inner) == 5 ? 4 : 1);
	}
	CHECK(pid > 0);
	CHECK_EQUAL(wait_status(pid), 4);
	return 0;
}

static int many_rounds_leave_memory_alone(void)
{
	long before = target_free_memory();
	for (int i = 0; i < ROUNDS; i++) {
		pid_t pid = vfork();
		if (pid == 0)
			_exit(i & 0x7f);
		CHECK(pid > 0);
		CHECK_EQUAL(wait_status(pid), i & 0x7f);
	}
	CHECK_EQUAL(target_free_memory(), before);
	return 0;
}

TARGET_CASES(vfork, CASE(parent_resumes_after_exit), CASE(parent_resumes_after_exec),
	CASE(child_goes_on_after_failed_exec), CASE(child_has_its_own_descriptors), CASE(borrowers_nest),
	CASE(many_rounds_leave_memory_alone))
