/* Row 8: working directory and file mode creation mask are copied: inherited, and the child's changes are its own. */
#include "suite.h"

#include <string.h>
#include <sys/stat.h>

static char before[256], after[256];
static volatile int same;

IN_CHILD int look_and_leave(void)
{
	char own[256];

	same = getcwd(own, sizeof own) && strcmp(own, before) == 0;
	return chdir("/");
}

static int the_directory_is_inherited_and_not_shared(void)
{
	pid_t pid;

	CHECK_EQUAL(chdir("/dev"), 0);
	CHECK(getcwd(before, sizeof before));
	pid = vfork();
	if (pid == 0)
		_exit(look_and_leave() != 0);
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(same, 1);
	CHECK(getcwd(after, sizeof after));
	CHECK(strcmp(after, before) == 0);
	return 0;
}

static int the_mask_is_inherited_and_not_shared(void)
{
	volatile mode_t inherited = 0;
	pid_t pid;

	umask(027);
	pid = vfork();
	if (pid == 0) {
		inherited = umask(0777);
		_exit(0);
	}
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(inherited, 027);
	CHECK_EQUAL(umask(022), 027);
	return 0;
}

SUITE(row08_directory_and_umask, CASE(the_directory_is_inherited_and_not_shared, BY_POSIX),
	CASE(the_mask_is_inherited_and_not_shared, BY_POSIX))
