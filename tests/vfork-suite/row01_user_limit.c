/* Row 1: at the limit of processes of one user (RLIMIT_NPROC) vfork is refused with EAGAIN, and nothing is lost. */
#include "suite.h"

#include <sys/resource.h>

#define NOBODY 65534

/* A user's limit binds no superuser. */
static int become_a_user(void)
{
	return geteuid() != 0 || (setgid(NOBODY) == 0 && setuid(NOBODY) == 0) ? 0 : -1;
}

static int set_limit(rlim_t most)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NPROC, &limit) < 0)
		return -1;
	limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
	return setrlimit(RLIMIT_NPROC, &limit);
}

static int the_limit_of_a_user_is_eagain(void)
{
	int before = suite_descriptors();
	pid_t pid;

	if (become_a_user() < 0)
		SKIP("cannot become an ordinary user");
	CHECK_EQUAL(set_limit(0), 0);
	pid = vfork();
	if (pid == 0)
		_exit(7);
	CHECK_EQUAL(pid, -1);
	CHECK_EQUAL(errno, EAGAIN);
	CHECK_EQUAL(waitpid(-1, NULL, WNOHANG), -1);
	CHECK_EQUAL(errno, ECHILD);
	CHECK_EQUAL(suite_descriptors(), before);
	CHECK_EQUAL(set_limit(RLIM_INFINITY), 0);
	pid = vfork();
	if (pid == 0)
		_exit(7);
	CHECK_EQUAL(suite_end(pid), 7);
	return 0;
}

SUITE(row01_user_limit, CASE(the_limit_of_a_user_is_eagain, BY_POSIX))
