/*
 * Loans seen from outside: what /proc tells of one, and who goes on when a lender or a borrower, or some of a chain, are killed.
 */
#include "harness.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define LENDERS 4

/* What a lending helper's borrower tells of itself. */
struct tale {
	pid_t pid, parent;
	int sum;
};

static int sum_of(const int *numbers, int count)
{
	int sum = 0;

	for (int i = 0; i < count; i++)
		sum += numbers[i];
	return sum;
}

/* Writes its pid, waits for the end of its input, and tells what it sees of its memory and its parent. */
static void borrow_until_told(const int *numbers, int count)
{
	struct tale tale = {.pid = getpid(), .parent = getppid()};
	char byte;

	write(TARGET_OUT, &tale, sizeof tale);
	read(TARGET_IN, &byte, 1);
	tale.parent = getppid();
	tale.sum = sum_of(numbers, count);
	write(TARGET_OUT, &tale, sizeof tale);
}

/* Lends until its input ends; after the release it says so. */
static int lends(void)
{
	int numbers[] = {1, 2, 3, 4};
	struct tale after = {.pid = getpid()};
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		borrow_until_told(numbers, 4);
		_exit(9);
	}
	write(TARGET_OUT, &after, sizeof after);
	status = target_wait(pid);
	return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static volatile int lenders_to_come = LENDERS, last_one_execs;

/* A chain of lenders, each of which tells its pid; the last borrower waits for its input to end. */
static int lend_on(void)
{
	struct tale tale = {.pid = getpid()};
	int numbers[] = {5, 6};
	pid_t pid;

	if (lenders_to_come-- == 0) {
		borrow_until_told(numbers, 2);
		if (last_one_execs)
			target_exec("tells_that_it_runs");
		return 0;
	}
	write(TARGET_OUT, &tale, sizeof tale);
	pid = vfork();
	if (pid == 0)
		_exit(lend_on());
	return WIFSIGNALED(target_wait(pid));
}

static int lends_along_a_chain(void)
{
	return lend_on();
}

static int lends_along_a_chain_to_one_that_execs(void)
{
	last_one_execs = 1;
	return lend_on();
}

/* Lends to a borrower that becomes another program when its input ends. */
static int lends_to_one_that_execs(void)
{
	int numbers[] = {7};
	pid_t pid = vfork();

	if (pid == 0) {
		borrow_until_told(numbers, 1);
		target_exec("tells_that_it_runs");
		_exit(127);
	}
	return target_wait(pid) != 0;
}

static int tells_that_it_runs(void)
{
	struct tale tale = {.pid = getpid(), .parent = getppid(), .sum = 100};

	return write(TARGET_OUT, &tale, sizeof tale) != sizeof tale;
}

/* A lending helper, and the borrower it told of. */
struct pair {
	pid_t lender, borrower;
	int to, from;
};

static int hear(const struct pair *pair, struct tale *tale)
{
	return read(pair->from, tale, sizeof *tale) == sizeof *tale;
}

static int pair_start(struct pair *pair, const char *helper)
{
	struct tale tale;
	int in[2], out[2];

	if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0)
		return 0;
	pair->lender = target_start(helper, in[0], out[1]);
	pair->to = in[1];
	pair->from = out[0];
	close(in[0]);
	close(out[1]);
	if (pair->lender < 0 || !hear(pair, &tale))
		return 0;
	pair->borrower = tale.pid;
	return 1;
}

static int proc_shows_the_loan(void)
{
	struct pair pair;
	struct tale tale;
	char path[32], line[64];
	int borrowing = 0;
	FILE *status;

	CHECK(pair_start(&pair, "lends"));
	CHECK_EQUAL(target_state(pair.lender), 'D');
	snprintf(path, sizeof path, "/proc/%d/status", (int)pair.borrower);
	CHECK((status = fopen(path, "r")));
	while (fgets(line, sizeof line, status))
		sscanf(line, "Borrowing: %d", &borrowing);
	fclose(status);
	CHECK_EQUAL(borrowing, 1);
	close(pair.to);
	CHECK(hear(&pair, &tale) && hear(&pair, &tale));
	CHECK_EQUAL(WEXITSTATUS(target_wait(pair.lender)), 9);
	close(pair.from);
	return 0;
}

static int a_borrower_killed_from_outside_releases_its_lender(void)
{
	struct pair pair;
	struct tale after;

	CHECK(pair_start(&pair, "lends"));
	CHECK_EQUAL(kill(pair.borrower, SIGKILL), 0);
	CHECK(hear(&pair, &after));
	CHECK_EQUAL(after.pid, pair.lender);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pair.lender)), SIGKILL);
	close(pair.to);
	close(pair.from);
	return 0;
}

static int signals_to_a_lender_wait_for_the_release(void)
{
	struct pair pair;
	struct tale tale;
	int status;

	CHECK(pair_start(&pair, "lends"));
	CHECK_EQUAL(kill(pair.lender, SIGTERM), 0);
	for (int i = 0; i < 10; i++)
		CHECK(target_reaches_state(pair.borrower, 'S')); /* gives the lender chances to die */
	CHECK_EQUAL(waitpid(pair.lender, &status, WNOHANG), 0);
	CHECK_EQUAL(target_state(pair.lender), 'D');
	close(pair.to);
	CHECK(hear(&pair, &tale));
	CHECK_EQUAL(tale.parent, pair.lender);
	CHECK_EQUAL(tale.sum, 10);
	status = target_wait(pair.lender);
	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGTERM);
	CHECK_EQUAL(read(pair.from, &tale, sizeof tale), 0); /* the lender got no turn */
	close(pair.from);
	return 0;
}

static int a_killed_lender_leaves_its_memory_to_the_borrower(void)
{
	struct pair pair;
	struct tale tale;

	CHECK(pair_start(&pair, "lends"));
	CHECK_EQUAL(WTERMSIG(target_end(pair.lender)), SIGKILL);
	CHECK_EQUAL(target_state(pair.borrower), 'S');
	close(pair.to);
	CHECK(hear(&pair, &tale));
	CHECK_EQUAL(tale.pid, pair.borrower);
	CHECK_EQUAL(tale.parent, 1);
	CHECK_EQUAL(tale.sum, 10);
	CHECK_EQUAL(read(pair.from, &tale, sizeof tale), 0);
	close(pair.from);
	return 0;
}

static int the_borrower_of_a_killed_lender_can_exec(void)
{
	struct pair pair;
	struct tale tale;

	CHECK(pair_start(&pair, "lends_to_one_that_execs"));
	CHECK_EQUAL(WTERMSIG(target_end(pair.lender)), SIGKILL);
	close(pair.to);
	CHECK(hear(&pair, &tale));
	CHECK_EQUAL(tale.sum, 7);
	CHECK(hear(&pair, &tale));
	CHECK_EQUAL(tale.sum, 100);
	CHECK_EQUAL(tale.pid, pair.borrower);
	CHECK_EQUAL(tale.parent, 1);
	close(pair.from);
	return 0;
}

static int a_killed_lender_and_then_its_borrower_give_everything_back(void)
{
	struct pair pair;
	struct tale tale;

	CHECK(pair_start(&pair, "lends"));
	CHECK_EQUAL(WTERMSIG(target_end(pair.lender)), SIGKILL);
	CHECK_EQUAL(kill(pair.borrower, SIGKILL), 0);
	CHECK_EQUAL(read(pair.from, &tale, sizeof tale), 0);
	close(pair.to);
	close(pair.from);
	return 0;
}

/* Nobody above the last borrower gets a turn before it has left their stack: none is reaped, none ends by itself. */
static int chain_waits(const pid_t *lenders, unsigned killed)
{
	for (int i = 1; i < LENDERS; i++)
		if (!(killed & 1u << (i - 1)))
			CHECK_EQUAL(kill(lenders[i], 0), 0);
	if (!(killed & 1u))
		CHECK_EQUAL(waitpid(lenders[0], NULL, WNOHANG), 0);
	return 0;
}

static int chain_ends(const pid_t *lenders, pid_t last, unsigned killed)
{
	int status = target_wait(lenders[0]);

	if (killed & 1u)
		CHECK(WIFSIGNALED(status));
	else
		CHECK_EQUAL(WEXITSTATUS(status), killed >> 1 & 1);
	for (int i = 1; i < LENDERS; i++)
		CHECK(target_reaches_state(lenders[i], 0));
	CHECK(target_reaches_state(last, 0));
	return 0;
}

struct chain {
	struct pair pair;
	pid_t lenders[LENDERS], last;
};

static int chain_start(struct chain *chain, const char *helper)
{
	struct tale tale;

	CHECK(pair_start(&chain->pair, helper));
	chain->lenders[0] = chain->pair.lender;
	for (int i = 1; i < LENDERS; i++) {
		CHECK(hear(&chain->pair, &tale));
		chain->lenders[i] = tale.pid;
	}
	CHECK(hear(&chain->pair, &tale));
	chain->last = tale.pid;
	return 0;
}

static int chain_kill(const struct chain *chain, unsigned killed, int backwards)
{
	for (int n = 0; n < LENDERS; n++) {
		int i = backwards ? LENDERS - 1 - n : n;

		if (killed & 1u << i)
			CHECK_EQUAL(kill(chain->lenders[i], SIGKILL), 0);
		CHECK(target_reaches_state(chain->last, 'S'));
		sched_yield(); /* gives the killed one its end */
	}
	return chain_waits(chain->lenders, killed);
}

/* Some lenders of a chain are killed, from the first to the last or the other way; the last borrower lives on. */
static int the_last_borrower_survives(unsigned killed, int backwards)
{
	struct chain chain;
	struct tale tale;

	CHECK_EQUAL(chain_start(&chain, "lends_along_a_chain"), 0);
	CHECK_EQUAL(chain_kill(&chain, killed, backwards), 0);
	close(chain.pair.to);
	CHECK(hear(&chain.pair, &tale));
	CHECK_EQUAL(tale.sum, 11);
	CHECK_EQUAL(tale.parent, killed & 1u << (LENDERS - 1) ? 1 : chain.lenders[LENDERS - 1]);
	close(chain.pair.from);
	return chain_ends(chain.lenders, chain.last, killed);
}

static int any_lenders_of_a_chain_may_be_killed_from_the_top(void)
{
	for (unsigned killed = 0; killed < 1u << LENDERS; killed++)
		CHECK_EQUAL(the_last_borrower_survives(killed, 0), 0);
	return 0;
}

static int any_lenders_of_a_chain_may_be_killed_from_the_bottom(void)
{
	for (unsigned killed = 0; killed < 1u << LENDERS; killed++)
		CHECK_EQUAL(the_last_borrower_survives(killed, 1), 0);
	return 0;
}

#define MIDDLE_ONES (((1u << LENDERS) - 1) & ~1u)

static int exec_of_the_last_borrower_releases_a_chain_of_killed_lenders(void)
{
	struct chain chain;
	struct tale tale;

	CHECK_EQUAL(chain_start(&chain, "lends_along_a_chain_to_one_that_execs"), 0);
	CHECK_EQUAL(chain_kill(&chain, MIDDLE_ONES, 0), 0);
	close(chain.pair.to);
	CHECK(hear(&chain.pair, &tale) && hear(&chain.pair, &tale));
	CHECK_EQUAL(tale.sum, 100);
	CHECK_EQUAL(tale.pid, chain.last);
	close(chain.pair.from);
	return chain_ends(chain.lenders, chain.last, MIDDLE_ONES);
}

static int death_of_the_last_borrower_releases_a_chain_of_killed_lenders(void)
{
	struct chain chain;

	CHECK_EQUAL(chain_start(&chain, "lends_along_a_chain"), 0);
	CHECK_EQUAL(chain_kill(&chain, MIDDLE_ONES, 1), 0);
	CHECK_EQUAL(kill(chain.last, SIGKILL), 0);
	close(chain.pair.to);
	close(chain.pair.from);
	return chain_ends(chain.lenders, chain.last, MIDDLE_ONES);
}

TARGET_CASES(loan_ends, CASE(proc_shows_the_loan), CASE(a_borrower_killed_from_outside_releases_its_lender),
	     CASE(signals_to_a_lender_wait_for_the_release), CASE(a_killed_lender_leaves_its_memory_to_the_borrower),
	     CASE(the_borrower_of_a_killed_lender_can_exec),
	     CASE(a_killed_lender_and_then_its_borrower_give_everything_back),
	     CASE(any_lenders_of_a_chain_may_be_killed_from_the_top),
	     CASE(any_lenders_of_a_chain_may_be_killed_from_the_bottom),
	     CASE(exec_of_the_last_borrower_releases_a_chain_of_killed_lenders),
	     CASE(death_of_the_last_borrower_releases_a_chain_of_killed_lenders), HELPER(lends),
	     HELPER(lends_along_a_chain), HELPER(lends_along_a_chain_to_one_that_execs),
	     HELPER(lends_to_one_that_execs), HELPER(tells_that_it_runs))
