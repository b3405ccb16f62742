/*
 * Row 13: a child in the middle of a vfork is never sent SIGTTOU or SIGTTIN: in the background of a terminal that would
 * stop it with its parent asleep. Its output and ioctls are allowed, its input is at the end of the file.
 *
 *	case -> leads: session leader with a terminal of its own, in the foreground
 *	           -> lends: a group of its own, in the background; its borrower does what would stop it
 */
#include "suite.h"

#include <signal.h>
#include <stdio.h>

#include "await.h"
#include "terminal.h"

#define TERMINAL 22 /* the descriptor of the terminal in the one that lends */
#define SECONDS 3

enum result { ALLOWED = 'a', END_OF_FILE = 'e', REFUSED = 'r' };

IN_CHILD char do_output(void)
{
	return write(TERMINAL, "x", 1) == 1 ? ALLOWED : REFUSED;
}

IN_CHILD char do_ioctl(void)
{
	struct termios settings;

	return tcgetattr(TERMINAL, &settings) == 0 && tcsetattr(TERMINAL, TCSANOW, &settings) == 0 ? ALLOWED : REFUSED;
}

IN_CHILD char do_input(void)
{
	char byte;
	ssize_t count = read(TERMINAL, &byte, 1);

	return count == 0 ? END_OF_FILE : count > 0 ? ALLOWED : REFUSED;
}

/* Lends to a borrower that does what the letter says and tells how it went. */
static int lends(void)
{
	int letter;
	pid_t pid;

	if (setpgid(0, 0) < 0)
		return 1;
	letter = suite_receive(SUITE_IN);
	pid = vfork();
	if (pid == 0) {
		suite_send(SUITE_OUT, letter == 'o' ? do_output() : letter == 'c' ? do_ioctl() : do_input());
		_exit(0);
	}
	return suite_end(pid);
}

static int set_tostop(int terminal)
{
	struct termios settings;

	if (tcgetattr(terminal, &settings) < 0)
		return -1;
	settings.c_lflag |= TOSTOP;
	return tcsetattr(terminal, TCSANOW, &settings);
}

/* Passes a letter from SUITE_IN to the one that lends in the background, and the answer to SUITE_OUT; 't': it took too long. */
static int leads(void)
{
	int terminal = terminal_take(), in[2], out[2], answer = 't';
	pid_t pid;

	if (terminal < 0)
		return SUITE_SKIPPED;
	if (set_tostop(terminal) < 0 || suite_pipe(in) < 0 || suite_pipe(out) < 0 || dup2(terminal, TERMINAL) < 0)
		return 1;
	pid = suite_start("lends", in[0], out[1]);
	if (pid < 0)
		return 1;
	close(out[1]);
	suite_send(in[1], (char)suite_receive(SUITE_IN));
	if (await_input(out[0], SECONDS))
		answer = suite_receive(out[0]);
	kill(-pid, SIGKILL);
	suite_end(pid);
	return suite_send(SUITE_OUT, (char)answer) != 1;
}

/* What the borrower in the background was allowed. */
static int ask(char letter, int *answer)
{
	int in[2], out[2], end;
	pid_t pid;

	if (suite_pipe(in) < 0 || suite_pipe(out) < 0)
		return -1;
	pid = suite_start("leads", in[0], out[1]);
	close(out[1]);
	suite_send(in[1], letter);
	*answer = suite_receive(out[0]);
	end = suite_end(pid);
	close(in[0]);
	close(in[1]);
	close(out[0]);
	return end;
}

#define CHECK_ANSWER(letter, expected)                     \
	do {                                               \
		int answer_, end_ = ask(letter, &answer_); \
		if (end_ == SUITE_SKIPPED)                 \
			SKIP("no pseudo-terminal");        \
		CHECK_EQUAL(end_, 0);                      \
		CHECK_EQUAL(answer_, expected);            \
	} while (0)

static int output_in_the_background_is_allowed(void)
{
	CHECK_ANSWER('o', ALLOWED);
	return 0;
}

static int ioctls_in_the_background_are_allowed(void)
{
	CHECK_ANSWER('c', ALLOWED);
	return 0;
}

static int input_in_the_background_is_at_its_end(void)
{
	CHECK_ANSWER('i', END_OF_FILE);
	return 0;
}

SUITE(row13_terminal, CASE(output_in_the_background_is_allowed, BY_BSD | BY_SOLARIS | BY_SUBLET),
	CASE(ioctls_in_the_background_are_allowed, BY_BSD | BY_SOLARIS | BY_SUBLET),
	CASE(input_in_the_background_is_at_its_end, BY_BSD | BY_SOLARIS | BY_SUBLET), HELPER(leads), HELPER(lends))
