/* Row 3: the child is on the CPU before the parent, every time. */
#include "suite.h"

#define ROUNDS 200

static volatile int turn, inner = -1, middle = -1;

static int the_child_is_first_every_time(void)
{
	volatile int child, parent;

	for (int i = 0; i < ROUNDS; i++) {
		pid_t pid;

		child = parent = -1;
		pid = vfork();
		if (pid == 0) {
			child = turn++;
			_exit(0);
		}
		parent = turn++;
		CHECK_EQUAL(suite_end(pid), 0);
		CHECK_EQUAL(child, 2 * i);
		CHECK_EQUAL(parent, 2 * i + 1);
	}
	return 0;
}

/* A borrower that lends. */
IN_CHILD int borrow_and_lend(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		inner = turn++;
		_exit(0);
	}
	middle = turn++;
	return suite_end(pid);
}

static int the_child_of_a_borrower_is_first_too(void)
{
	int outer;
	pid_t pid = vfork();

	if (pid == 0)
		_exit(borrow_and_lend());
	outer = turn++;
	CHECK_EQUAL(suite_end(pid), 0);
	CHECK_EQUAL(inner, 0);
	CHECK_EQUAL(middle, 1);
	CHECK_EQUAL(outer, 2);
	return 0;
}

SUITE(row03_child_first, CASE(the_child_is_first_every_time, BY_ALL_MANUALS),
	CASE(the_child_of_a_borrower_is_first_too, BY_ALL_MANUALS))
