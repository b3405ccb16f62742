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

TARGET_CASES(poll, CASE(poll_tells_what_is_asked), CASE(poll_sleeps_until_a_file_is_ready), CASE(a_signal_ends_poll),
	     CASE(select_agrees_with_poll), HELPER(writes_later))
