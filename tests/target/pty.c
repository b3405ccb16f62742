/*
 * Pseudo-terminals: both sides, hang-up, controlling terminals, a program that takes the whole screen.
 */
#include "harness.h"
#include "signalling.h"
#include "terminal.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static int the_steps_of_posix_give_both_sides(void)
{
	char name[TTY_NAME_MAX], small[4];
	struct stat st;

	master = posix_openpt(O_RDWR | O_NOCTTY);
	CHECK(master >= 0);
	CHECK_EQUAL(ptsname_r(master, name, sizeof name), 0);
	CHECK_EQUAL(strcmp(ptsname(master), name), 0);
	CHECK_EQUAL(ptsname_r(master, small, sizeof small), ERANGE);
	CHECK_EQUAL(open(name, O_RDWR), -1); /* locked */
	CHECK_EQUAL(errno, EIO);
	CHECK_EQUAL(grantpt(master), 0);
	CHECK_EQUAL(unlockpt(master), 0);
	slave = open(name, O_RDWR | O_NOCTTY);
	CHECK(slave >= 0);
	CHECK(isatty(slave) && isatty(master));
	CHECK_EQUAL(strcmp(ttyname(slave), name), 0);
	CHECK(fstat(slave, &st) == 0 && S_ISCHR(st.st_mode));
	CHECK_EQUAL(grantpt(slave), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK(!ptsname(slave));
	CHECK_EQUAL(errno, ENOTTY);
	close(slave);
	close(master);
	CHECK_EQUAL(access(name, F_OK), -1);
	CHECK_EQUAL(errno, ENOENT);
	return 0;
}

static int what_one_side_writes_the_other_reads(void)
{
	CHECK_EQUAL(open_both(), 0);
	CHECK(put(slave, "out\n"));
	CHECK(gives(master, "out\r\n"));
	CHECK(put(master, "typ\177ed\n"));
	CHECK(gives(slave, "tyed\n"));
	CHECK(gives(master, "typ\b \bed\r\n"));
	return 0;
}

static int numbers_are_the_lowest_free_ones(void)
{
	int fds[3], first;

	for (int i = 0; i < 3; i++)
		CHECK((fds[i] = posix_openpt(O_RDWR)) >= 0);
	CHECK_EQUAL(ioctl(fds[0], TIOCGPTN, &first), 0);
	close(fds[1]);
	CHECK((fds[1] = posix_openpt(O_RDWR)) >= 0);
	for (int i = 0, number; i < 3; i++) {
		CHECK_EQUAL(ioctl(fds[i], TIOCGPTN, &number), 0);
		CHECK_EQUAL(number, first + i);
	}
	return 0;
}

static int the_end_of_the_last_slave_is_eio_after_the_data(void)
{
	char byte, name[TTY_NAME_MAX];

	CHECK_EQUAL(openpty(&master, &slave, name, NULL, NULL), 0);
	CHECK(put(slave, "last"));
	close(slave);
	CHECK(ready(master, POLLIN) == (POLLIN | POLLHUP));
	CHECK(gives(master, "last"));
	CHECK_EQUAL(read(master, &byte, 1), -1);
	CHECK_EQUAL(errno, EIO);
	slave = open(name, O_RDWR | O_NOCTTY);
	CHECK(slave >= 0);
	CHECK(put(slave, "again"));
	CHECK(gives(master, "again"));
	return 0;
}

static int the_end_of_the_master_hangs_up(void)
{
	struct termios settings;
	char byte;

	CHECK_EQUAL(open_both(), 0);
	CHECK(put(master, "lost\n"));
	close(master);
	CHECK_EQUAL(read(slave, &byte, 1), 0);
	CHECK_EQUAL(write(slave, "x", 1), -1);
	CHECK_EQUAL(errno, EIO);
	CHECK_EQUAL(tcgetattr(slave, &settings), -1);
	CHECK_EQUAL(errno, EIO);
	CHECK_EQUAL(ready(slave, POLLOUT), POLLHUP);
	return 0;
}

/* Helper: leads a session with the terminal at TARGET_IN; tells that it is ready, then how it was told of the hang-up. */
static void tell_hangup(int sig)
{
	char letter = sig == SIGHUP ? 'h' : 'c';

	write(TARGET_OUT, &letter, 1);
}

static int waits_for_the_hangup(void)
{
	char byte;

	if (setsid() < 0 || ioctl(TARGET_IN, TIOCSCTTY, 0) < 0)
		return 1;
	handle(SIGHUP, tell_hangup, SA_RESTART);
	handle(SIGCONT, tell_hangup, SA_RESTART);
	put(TARGET_OUT, "r");
	if (read(TARGET_IN, &byte, 1) != 0) /* asleep until then */
		return 2;
	return open("/dev/tty", O_RDWR) >= 0 || errno != ENXIO ? 3 : 0;
}

static int a_hangup_tells_the_leader_and_wakes_its_read(void)
{
	int tell[2];
	char letters[2];
	pid_t pid;

	CHECK_EQUAL(open_both(), 0);
	fcntl(master, F_SETFD, FD_CLOEXEC);
	CHECK_EQUAL(pipe2(tell, O_CLOEXEC), 0);
	pid = target_start("waits_for_the_hangup", slave, tell[1]);
	CHECK(pid > 0);
	close(slave);
	CHECK_EQUAL(read(tell[0], letters, 1), 1);
	CHECK(target_reaches_state(pid, 'S'));
	close(master);
	CHECK_EQUAL(read(tell[0], letters, 1), 1);
	CHECK_EQUAL(read(tell[0], letters + 1, 1), 1);
	CHECK((letters[0] == 'h' && letters[1] == 'c') || (letters[0] == 'c' && letters[1] == 'h'));
	CHECK_EQUAL(target_wait(pid), 0);
	return 0;
}

/* Helper: the terminal becomes the controlling one when a leader opens it without O_NOCTTY, and goes with TIOCNOTTY. */
static int acquires_and_releases(void)
{
	char name[TTY_NAME_MAX];
	int own, pid = getpid();

	if (open_both() < 0 || setsid() != pid || ttyname_r(slave, name, sizeof name) != 0)
		return 1;
	if (open("/dev/tty", O_RDWR) >= 0 || errno != ENXIO || open(name, O_RDWR | O_NOCTTY) < 0 || tcgetsid(slave) >= 0)
		return 2;
	if (open(name, O_RDWR) < 0 || tcgetsid(slave) != pid || tcgetpgrp(slave) != pid || tcgetpgrp(master) != pid)
		return 3;
	own = open("/dev/tty", O_RDWR);
	if (own < 0 || !put(own, "own") || !gives(master, "own"))
		return 4;
	signal(SIGHUP, SIG_IGN);
	if (ioctl(own, TIOCNOTTY) < 0 || tcgetsid(slave) >= 0 || ioctl(own, TIOCNOTTY) >= 0 || errno != ENOTTY)
		return 5;
	return ioctl(slave, TIOCSCTTY, 0) == 0 && tcgetsid(slave) == pid ? 0 : 6;
}

static int a_leader_acquires_and_releases_it(void)
{
	CHECK_EQUAL(target_wait(target_start("acquires_and_releases", -1, -1)), 0);
	return 0;
}

/* Helper: a full-screen program: takes the whole terminal, draws by the window's size, acts on keys, puts everything back. */
static int full_screen(void)
{
	struct termios before, raw;
	struct winsize size;
	char key, line[40];

	if (login_tty(dup(TARGET_IN)) < 0 || tcgetattr(0, &before) < 0 || tcgetwinsize(0, &size) < 0)
		return 1;
	raw = before;
	cfmakeraw(&raw);
	if (tcsetattr(0, TCSAFLUSH, &raw) < 0)
		return 2;
	sprintf(line, "\033[2J\033[%d;%dH#", size.ws_row, size.ws_col);
	put(1, line);
	while (read(0, &key, 1) == 1 && key != 'q') {
		sprintf(line, "<%02x>\n", (unsigned char)key);
		put(1, line);
	}
	put(1, "\033[2J");
	return tcsetattr(0, TCSADRAIN, &before) < 0 ? 3 : 0;
}

/* What the master gives until this text has come. */
static int gives_up_to(const char *text)
{
	size_t length = strlen(text), got = 0;
	char seen[200];

	while (got < sizeof seen && read(master, seen + got, 1) == 1) {
		got++;
		if (got >= length && memcmp(seen + got - length, text, length) == 0)
			return 1;
	}
	return 0;
}

static int a_full_screen_program_runs_on_it(void)
{
	struct winsize size = {.ws_row = 12, .ws_col = 34};
	struct termios settings;
	pid_t pid;

	CHECK_EQUAL(openpty(&master, &slave, NULL, NULL, &size), 0);
	fcntl(master, F_SETFD, FD_CLOEXEC);
	pid = target_start("full_screen", slave, -1);
	CHECK(gives_up_to("\033[2J\033[12;34H#"));
	CHECK(put(master, "\003\r\004\032\021"));
	CHECK(gives_up_to("<03>\n<0d>\n<04>\n<1a>\n<11>\n"));
	CHECK(put(master, "q"));
	CHECK(gives_up_to("\033[2J"));
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(tcgetattr(slave, &settings), 0);
	CHECK(settings.c_lflag & ICANON);
	return 0;
}

/* Helper: copies the terminal at TARGET_IN, in raw mode, to TARGET_OUT until a byte of 0. */
static int copies_raw(void)
{
	char part[50];
	ssize_t count;

	while ((count = read(TARGET_IN, part, sizeof part)) > 0) {
		if (write(TARGET_OUT, part, (size_t)count) != count)
			return 1;
		if (part[count - 1] == 0)
			return 0;
	}
	return 2;
}

static int nothing_is_lost_when_the_reader_is_slow(void)
{
	static char sent[5000], got[5000];
	int out[2];
	size_t total = 0;
	ssize_t count;
	pid_t pid;

	CHECK_EQUAL(open_both(), 0);
	fcntl(master, F_SETFD, FD_CLOEXEC);
	CHECK_EQUAL(change(0, 0, 0), 0);
	for (size_t i = 0; i < sizeof sent; i++)
		sent[i] = (char)(i % 250 + 1);
	sent[sizeof sent - 1] = 0;
	CHECK_EQUAL(pipe2(out, O_CLOEXEC), 0);
	fcntl(master, F_SETFL, O_NONBLOCK);
	pid = target_start("copies_raw", slave, out[1]);
	close(out[1]);
	for (size_t done = 0; total < sizeof got;) {
		struct pollfd rows[2] = {{.fd = done < sizeof sent ? master : -1, .events = POLLOUT}, {.fd = out[0], .events = POLLIN}};

		CHECK(poll(rows, 2, 10000) > 0);
		if (rows[0].revents) {
			count = write(master, sent + done, sizeof sent - done);
			CHECK(count > 0 || errno == EAGAIN);
			done += count > 0 ? (size_t)count : 0;
		}
		if (rows[1].revents) {
			count = read(out[0], got + total, sizeof got - total);
			CHECK(count > 0);
			total += (size_t)count;
		}
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(memcmp(got, sent, sizeof got), 0);
	return 0;
}

/* Every request with every kind of bad argument: an error, and the terminal is as it was. */
static int bad_requests_change_nothing(void)
{
	static const unsigned long requests[] = {TCGETS, TCSETS, TCSETSW, TCSETSF, TIOCGWINSZ, TIOCSWINSZ, TIOCGPGRP, TIOCSPGRP, TIOCGSID,
						 FIONREAD, TIOCGPTN, TIOCSPTLCK, 0, 0xffffffff, 0x5440};
	struct termios before, after;

	CHECK_EQUAL(open_both(), 0);
	CHECK_EQUAL(tcgetattr(slave, &before), 0);
	for (unsigned i = 0; i < sizeof requests / sizeof requests[0]; i++)
		for (int side = 0; side < 2; side++) {
			int fd = side ? master : slave;

			CHECK_EQUAL(ioctl(fd, requests[i], (void *)8), -1);
			CHECK_EQUAL(ioctl(fd, requests[i], (void *)-4), -1);
			CHECK_EQUAL(ioctl(fd, requests[i], NULL), -1);
		}
	CHECK_EQUAL(tcgetattr(slave, &after), 0);
	CHECK_EQUAL(memcmp(&before, &after, sizeof before), 0);
	CHECK(put(slave, "x") && gives(master, "x"));
	return 0;
}

static int failed_allocations_leave_nothing_behind(void)
{
	int failures = 0;

	for (int n = 1;; n++) {
		int switch_it = open("/proc/memfail", O_WRONLY), fd;
		char number[12];

		sprintf(number, "%d", n);
		CHECK(put(switch_it, number));
		fd = open("/dev/ptmx", O_RDWR);
		if (fd >= 0)
			CHECK(put(switch_it, "0"));
		close(switch_it);
		if (fd >= 0) {
			close(fd);
			break;
		}
		CHECK_EQUAL(errno, ENOMEM);
		failures++;
	}
	CHECK(failures >= 2);
	return 0;
}

TARGET_CASES(pty, CASE(the_steps_of_posix_give_both_sides), CASE(what_one_side_writes_the_other_reads),
	     CASE(numbers_are_the_lowest_free_ones), CASE(the_end_of_the_last_slave_is_eio_after_the_data),
	     CASE(the_end_of_the_master_hangs_up), CASE(a_hangup_tells_the_leader_and_wakes_its_read),
	     CASE(a_leader_acquires_and_releases_it), CASE(a_full_screen_program_runs_on_it),
	     CASE(nothing_is_lost_when_the_reader_is_slow), CASE(bad_requests_change_nothing),
	     CASE(failed_allocations_leave_nothing_behind), HELPER(waits_for_the_hangup),
	     HELPER(acquires_and_releases), HELPER(full_screen), HELPER(copies_raw))
