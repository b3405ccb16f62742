/*
 * poll and select: what they tell, when they sleep, and what ends their sleep.
 */
#include "harness.h"
#include "signalling.h"
#include "terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/select.h>
#include <unistd.h>

static int poll_tells_what_is_asked(void)
{
	struct pollfd rows[4];
	int ends[2];

	CHECK_EQUAL(pipe(ends), 0);
	CHECK_EQUAL(open_both(), 0);
	rows[0] = (struct pollfd){.fd = ends[0], .events = POLLIN};
	rows[1] = (struct pollfd){.fd = ends[1], .events = POLLIN | POLLOUT};
	rows[2] = (struct pollfd){.fd = -1, .events = POLLIN, .revents = 7};
	rows[3] = (struct pollfd){.fd = 60};
	CHECK_EQUAL(poll(rows, 4, 0), 2);
	CHECK_EQUAL(rows[0].revents, 0);
	CHECK_EQUAL(rows[1].revents, POLLOUT);
	CHECK_EQUAL(rows[2].revents, 0);
	CHECK_EQUAL(rows[3].revents, POLLNVAL);
	CHECK_EQUAL(poll(rows, 1, 20), 0); /* the time passes */
	close(ends[1]);
	CHECK_EQUAL(poll(rows, 1, -1), 1);
	CHECK_EQUAL(rows[0].revents, POLLHUP);
	CHECK_EQUAL(poll(rows, 65, 0), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(poll((struct pollfd *)8, 1, 0), -1);
	CHECK_EQUAL(errno, EFAULT);
	CHECK_EQUAL(poll(NULL, 0, 1), 0);
	return 0;
}

static int writes_later(void)
{
	char letter;

	return read(TARGET_IN, &letter, 1) != 1 || !put(TARGET_OUT, "late\n");
}

static int poll_sleeps_until_a_file_is_ready(void)
{
	struct pollfd rows[2];
	int go[2];
	pid_t pid;

	CHECK_EQUAL(open_both(), 0);
	CHECK_EQUAL(pipe2(go, O_CLOEXEC), 0);
	pid = target_start("writes_later", go[0], slave);
	rows[0] = (struct pollfd){.fd = slave, .events = POLLIN};
	rows[1] = (struct pollfd){.fd = master, .events = POLLIN};
	CHECK(target_reaches_state(pid, 'S'));
	CHECK(put(go[1], "g"));
	CHECK_EQUAL(poll(rows, 2, -1), 1);
	CHECK_EQUAL(rows[1].revents, POLLIN);
	CHECK(gives(master, "late\r\n"));
	CHECK_EQUAL(target_wait(pid), 0);
	return 0;
}

static int a_signal_ends_poll(void)
{
	struct itimerval soon = {.it_value.tv_usec = 20000};

	handle(SIGALRM, note, SA_RESTART);
	CHECK_EQUAL(setitimer(ITIMER_REAL, &soon, NULL), 0);
	CHECK_EQUAL(poll(NULL, 0, -1), -1);
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 1);
	return 0;
}

static int select_agrees_with_poll(void)
{
	struct timeval now = {0, 0};
	fd_set in, out;
	int ends[2];

	CHECK_EQUAL(pipe(ends), 0);
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(ends[0], &in);
	FD_SET(ends[1], &out);
	CHECK_EQUAL(select(ends[1] + 1, &in, &out, NULL, &now), 1);
	CHECK(!FD_ISSET(ends[0], &in) && FD_ISSET(ends[1], &out));
	CHECK(put(ends[1], "x"));
	FD_SET(ends[0], &in);
	CHECK_EQUAL(select(ends[1] + 1, &in, &out, NULL, NULL), 1);
	CHECK(FD_ISSET(ends[0], &in) && !FD_ISSET(ends[1], &out));
	FD_SET(60, &in);
	CHECK_EQUAL(select(61, &in, NULL, NULL, &now), -1);
	CHECK_EQUAL(errno, EBADF);
	CHECK_EQUAL(select(65, NULL, NULL, NULL, &now), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int ppoll_lets_signals_in_only_while_it_sleeps(void)
{
	const struct timespec none = {0, 0}, invalid = {0, 1000000000}, a_while = {0, 20000000};
	sigset_t blocked, mask, now;
	int ends[2];
	struct pollfd row;

	CHECK_EQUAL(pipe(ends), 0);
	row = (struct pollfd){.fd = ends[0], .events = POLLIN};
	handle(SIGUSR1, note, SA_RESTART);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	sigaddset(&blocked, SIGUSR2);
	CHECK_EQUAL(sigprocmask(SIG_SETMASK, &blocked, NULL), 0);
	CHECK_EQUAL(kill(getpid(), SIGUSR1), 0);
	CHECK_EQUAL(ppoll(&row, 1, &a_while, NULL), 0); /* its own mask: the time passes */
	CHECK_EQUAL(calls, 0);
	sigemptyset(&mask);
	CHECK_EQUAL(ppoll(&row, 1, &none, &blocked), 0);
	CHECK_EQUAL(calls, 0);
	CHECK_EQUAL(ppoll(&row, 1, NULL, &mask), -1);
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(kill(getpid(), SIGUSR1), 0);
	CHECK_EQUAL(ppoll(&row, 1, &none, &mask), -1); /* it would not sleep, but the signal comes all the same */
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 2);
	CHECK_EQUAL(ppoll(&row, 1, &none, &mask), 0);
	CHECK_EQUAL(ppoll(&row, 1, &a_while, &mask), 0);
	CHECK(put(ends[1], "x"));
	CHECK_EQUAL(kill(getpid(), SIGUSR1), 0);
	CHECK_EQUAL(ppoll(&row, 1, NULL, &mask), 1); /* ready: the handler runs, and it says what is so */
	CHECK_EQUAL(calls, 3);
	CHECK_EQUAL(ppoll(&row, 1, &invalid, &mask), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(ppoll(&row, 65, NULL, &mask), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(ppoll(&row, 1, NULL, (sigset_t *)8), -1);
	CHECK_EQUAL(errno, EFAULT);
	CHECK_EQUAL(sigprocmask(SIG_SETMASK, NULL, &now), 0);
	CHECK(now == blocked);
	return 0;
}

static int pselect_ends_by_a_signal_that_only_it_lets_in(void)
{
	struct itimerval soon = {.it_value.tv_usec = 20000};
	sigset_t blocked, mask, now;
	fd_set in;
	int ends[2];

	CHECK_EQUAL(pipe(ends), 0);
	handle(SIGALRM, note, 0);
	sigemptyset(&mask);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGALRM);
	CHECK_EQUAL(sigprocmask(SIG_SETMASK, &blocked, NULL), 0);
	FD_ZERO(&in);
	FD_SET(ends[0], &in);
	CHECK_EQUAL(setitimer(ITIMER_REAL, &soon, NULL), 0);
	CHECK_EQUAL(pselect(ends[0] + 1, &in, NULL, NULL, NULL, &mask), -1);
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 1);
	CHECK(put(ends[1], "x"));
	CHECK_EQUAL(pselect(ends[0] + 1, &in, NULL, NULL, NULL, &mask), 1);
	CHECK(FD_ISSET(ends[0], &in));
	CHECK_EQUAL(sigprocmask(SIG_SETMASK, NULL, &now), 0);
	CHECK(now == blocked);
	return 0;
}

TARGET_CASES(poll, CASE(poll_tells_what_is_asked), CASE(poll_sleeps_until_a_file_is_ready), CASE(a_signal_ends_poll),
	     CASE(select_agrees_with_poll), CASE(ppoll_lets_signals_in_only_while_it_sleeps),
	     CASE(pselect_ends_by_a_signal_that_only_it_lets_in), HELPER(writes_later))
