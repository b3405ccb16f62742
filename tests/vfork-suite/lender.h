/*
 * A lender to look at from outside: a helper `lends` that lends its memory to a borrower, which tells its pid, waits for a
 * letter and then ends by its exec or _exit. For programs that signal, stop or kill one of the two.
 *
 *	case  --- letters --->  borrower (SUITE_IN)
 *	case  <-- letters ----  borrower, then lender (SUITE_OUT): pid, 'b' before the release, 'l' after it
 */
#ifndef LENDER_H
#define LENDER_H

#include "suite.h"

struct lender {
	pid_t pid, borrower;
	int to, from;
};

/* In the borrower: tell who it is and wait for the letter, or for the end of the case. */
IN_CHILD int borrow_until_told(void)
{
	pid_t self = getpid();
	int letter;

	write(SUITE_OUT, &self, sizeof self);
	letter = suite_receive(SUITE_IN);
	suite_send(SUITE_OUT, 'b');
	return letter;
}

/* Start a helper that lends, and wait until its borrower has told its pid. 0, or -1. */
static inline int lender_start(struct lender *lender, const char *helper)
{
	int in[2], out[2];

	if (suite_pipe(in) < 0 || suite_pipe(out) < 0)
		return -1;
	lender->pid = suite_start(helper, in[0], out[1]);
	lender->to = in[1];
	lender->from = out[0];
	close(in[0]);
	close(out[1]);
	if (lender->pid < 0)
		return -1;
	return read(lender->from, &lender->borrower, sizeof lender->borrower) == sizeof lender->borrower ? 0 : -1;
}

#endif
