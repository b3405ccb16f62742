/*
 * Row 1: a vfork that is refused returns -1, makes no child and takes nothing away. The system's limit is reached by loans
 * inside loans, which cost next to nothing; memory is made to fail where the system has a file to ask for that.
 */
#include "suite.h"

#include <fcntl.h>
#include <stdio.h>

#define DEEPEST 150
#define ALLOCATIONS 100

static volatile int refusal;

/* Lends to a borrower that does the same, until one is refused; counts the levels by the borrowers' exit statuses. */
IN_CHILD int lend_until_refused(int depth)
{
	pid_t pid;

	if (depth == DEEPEST)
		return 0;
	pid = vfork();
	if (pid == 0)
		_exit(lend_until_refused(depth + 1));
	if (pid < 0) {
		refusal = errno;
		return 0;
	}
	return suite_end(pid) + 1;
}

static int the_limit_of_processes_is_eagain(void)
{
	int before = suite_descriptors(), depth, again;

	depth = lend_until_refused(0);
	if (depth == DEEPEST)
		SKIP("the limit is out of reach");
	CHECK(depth > 0 && depth < DEEPEST);
	CHECK_EQUAL(refusal, EAGAIN);
	CHECK_EQUAL(waitpid(-1, NULL, WNOHANG), -1);
	CHECK_EQUAL(errno, ECHILD);
	CHECK_EQUAL(suite_descriptors(), before);
	again = lend_until_refused(0);
	CHECK_EQUAL(again, depth);
	return 0;
}

/* Lets the n-th allocation of the kernel fail. */
static int let_memory_fail(int n)
{
	char text[16];
	int length = snprintf(text, sizeof text, "%d\n", n), fd = open("/proc/memfail", O_WRONLY), written;

	if (fd < 0)
		return -1;
	written = (int)write(fd, text, (size_t)length);
	close(fd);
	return written == length ? 0 : -1;
}

static int no_memory_is_enomem(void)
{
	int before = suite_descriptors(), refused = 0, n;

	if (let_memory_fail(0) < 0)
		SKIP("no way to let memory fail");
	for (n = 1; n < ALLOCATIONS; n++) {
		pid_t pid;

		CHECK_EQUAL(let_memory_fail(n), 0);
		pid = vfork();
		if (pid == 0)
			_exit(7);
		let_memory_fail(0);
		if (pid > 0) {
			CHECK_EQUAL(suite_end(pid), 7);
			break;
		}
		CHECK_EQUAL(errno, ENOMEM);
		CHECK_EQUAL(waitpid(-1, NULL, WNOHANG), -1);
		CHECK_EQUAL(suite_descriptors(), before);
		refused++;
	}
	CHECK(refused > 0);
	CHECK(n < ALLOCATIONS);
	return 0;
}

SUITE(row01_refusal, CASE(the_limit_of_processes_is_eagain, BY_POSIX), CASE(no_memory_is_enomem, BY_POSIX))
