/*
 * Pseudo-terminals and what they show of terminals: both sides, hang-up, controlling terminals, settings, signals, poll.
 */
#include "harness.h"
#include "signalling.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define CTRL(letter) ((letter) - '@')

static int master, slave;

/* A new pseudo-terminal that is nobody's controlling terminal. */
static int open_both(void)
{
	return openpty(&master, &slave, NULL, NULL, NULL);
}

static int change(tcflag_t iflag, tcflag_t oflag, tcflag_t lflag)
{
	struct termios settings;

	if (tcgetattr(slave, &settings) < 0)
		return -1;
	settings.c_iflag = iflag;
	settings.c_oflag = oflag;
	settings.c_lflag = lflag;
	return tcsetattr(slave, TCSANOW, &settings);
}

static int put(int fd, const char *text)
{
	return write(fd, text, strlen(text)) == (ssize_t)strlen(text);
}

/* One read gives just this. */
static int gives(int fd, const char *text)
{
	char got[300];
	ssize_t count = read(fd, got, sizeof got);

	if (count == (ssize_t)strlen(text) && memcmp(got, text, (size_t)count) == 0)
		return 1;
	printf("# read gave %d bytes: %.*s\n", (int)count, count > 0 ? (int)count : 0, got);
	return 0;
}

static int ready(int fd, int events)
{
	struct pollfd row = {.fd = fd, .events = (short)events};

	return poll(&row, 1, 0) < 0 ? -1 : row.revents;
}

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

/* Helper: in the foreground of the terminal at TARGET_IN; tells the signals that come, ends at the third. */
static void tell_signal(int sig)
{
	char letter = (char)('A' + sig);

	write(TARGET_OUT, &letter, 1);
}

static int tells_signals(void)
{
	if (login_tty(dup(TARGET_IN)) < 0)
		return 1;
	for (int sig = 1; sig < 32; sig++)
		if (sig == SIGWINCH || sig == SIGINT || sig == SIGQUIT)
			handle(sig, tell_signal, 0);
	put(TARGET_OUT, "r");
	for (int i = 0; i < 3; i++)
		pause();
	return 0;
}

static int told(int fd)
{
	char letter;

	return read(fd, &letter, 1) == 1 ? letter - 'A' : -1;
}

static int keys_and_the_window_signal_the_foreground(void)
{
	struct winsize size = {.ws_row = 30, .ws_col = 100}, seen;
	int tell[2];
	pid_t pid;

	CHECK_EQUAL(open_both(), 0);
	fcntl(master, F_SETFD, FD_CLOEXEC);
	CHECK_EQUAL(pipe2(tell, O_CLOEXEC), 0);
	pid = target_start("tells_signals", slave, tell[1]);
	CHECK_EQUAL(told(tell[0]), 'r' - 'A');
	CHECK(target_reaches_state(pid, 'S'));
	CHECK_EQUAL(tcsetwinsize(master, &size), 0);
	CHECK_EQUAL(told(tell[0]), SIGWINCH);
	CHECK_EQUAL(tcgetwinsize(slave, &seen), 0);
	CHECK_EQUAL(seen.ws_col, 100);
	CHECK(target_reaches_state(pid, 'S'));
	CHECK_EQUAL(tcsetwinsize(master, &size), 0); /* no change, no signal */
	CHECK(put(master, "\034"));
	CHECK_EQUAL(told(tell[0]), SIGQUIT);
	CHECK(target_reaches_state(pid, 'S'));
	CHECK(put(master, "\003"));
	CHECK_EQUAL(told(tell[0]), SIGINT);
	CHECK_EQUAL(target_wait(pid), 0);
	return 0;
}

static int flow_control_holds_output_back(void)
{
	CHECK_EQUAL(open_both(), 0);
	CHECK_EQUAL(change(IXON, 0, 0), 0);
	CHECK(put(master, "\023"));
	CHECK(put(slave, "held"));
	CHECK_EQUAL(ready(master, POLLIN), 0);
	CHECK(put(master, "x")); /* without IXANY no reason to go on */
	CHECK_EQUAL(ready(master, POLLIN), 0);
	CHECK(put(master, "\021"));
	CHECK(gives(master, "held"));
	CHECK(gives(slave, "x"));
	CHECK_EQUAL(change(IXON | IXANY, 0, 0), 0);
	CHECK(put(master, "\023"));
	CHECK(put(slave, "held"));
	CHECK(put(master, "y"));
	CHECK(gives(master, "held"));
	CHECK(gives(slave, "y"));
	CHECK_EQUAL(tcflow(slave, TCOOFF), 0);
	CHECK(put(slave, "more"));
	CHECK_EQUAL(ready(master, POLLIN), 0);
	CHECK_EQUAL(tcflow(slave, TCIOFF), 0); /* goes out all the same */
	CHECK(gives(master, "\023"));
	CHECK_EQUAL(tcflow(slave, TCION), 0);
	CHECK(gives(master, "\021"));
	CHECK_EQUAL(tcflow(slave, TCOON), 0);
	CHECK(gives(master, "more"));
	CHECK_EQUAL(tcflow(slave, 9), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int ixoff_stops_the_sender_before_input_is_lost(void)
{
	static char many[200];

	CHECK_EQUAL(open_both(), 0);
	CHECK_EQUAL(change(IXOFF, 0, 0), 0);
	memset(many, 'm', sizeof many);
	CHECK_EQUAL(write(master, many, sizeof many), sizeof many);
	CHECK(gives(master, "\023"));
	CHECK_EQUAL(read(slave, many, sizeof many), sizeof many);
	CHECK(gives(master, "\021"));
	return 0;
}

static int queues_are_flushed_and_drained(void)
{
	int count;

	CHECK_EQUAL(open_both(), 0);
	CHECK_EQUAL(change(0, 0, 0), 0);
	CHECK(put(master, "input"));
	CHECK(put(slave, "output"));
	CHECK_EQUAL(tcflush(slave, TCIFLUSH), 0);
	CHECK(ioctl(slave, FIONREAD, &count) == 0 && count == 0);
	CHECK(gives(master, "output"));
	CHECK(put(slave, "output"));
	CHECK_EQUAL(tcflush(slave, TCOFLUSH), 0);
	CHECK_EQUAL(ready(master, POLLIN), 0);
	CHECK_EQUAL(tcdrain(slave), 0); /* nothing left: does not sleep */
	CHECK_EQUAL(tcsendbreak(slave, 0), 0);
	CHECK_EQUAL(tcflush(slave, 7), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int output_is_processed_as_c_oflag_says(void)
{
	CHECK_EQUAL(open_both(), 0);
	CHECK_EQUAL(change(0, OPOST | OCRNL, 0), 0);
	CHECK(put(slave, "a\rb\n"));
	CHECK(gives(master, "a\nb\n"));
	CHECK_EQUAL(change(0, OPOST | ONOCR, 0), 0);
	CHECK(put(slave, "a\r\rb"));
	CHECK(gives(master, "a\rb"));
	CHECK_EQUAL(change(0, OPOST | ONLCR | TAB3, 0), 0);
	CHECK(put(slave, "\nab\tc\t"));
	CHECK(gives(master, "\r\nab      c       "));
	CHECK_EQUAL(change(0, OPOST | ONLRET | ONOCR, 0), 0);
	CHECK(put(slave, "a\n\rb"));
	CHECK(gives(master, "a\nb"));
	CHECK_EQUAL(change(0, ONLCR, 0), 0);
	CHECK(put(slave, "a\n"));
	CHECK(gives(master, "a\n"));
	return 0;
}

static int input_is_processed_as_c_iflag_says(void)
{
	CHECK_EQUAL(open_both(), 0);
	CHECK_EQUAL(change(ISTRIP, 0, 0), 0);
	CHECK(put(master, "\341"));
	CHECK(gives(slave, "a"));
	CHECK_EQUAL(change(INLCR | IGNCR, 0, 0), 0);
	CHECK(put(master, "a\rb\n"));
	CHECK(gives(slave, "ab\r"));
	CHECK_EQUAL(change(ICRNL, 0, 0), 0);
	CHECK(put(master, "\r"));
	CHECK(gives(slave, "\n"));
	CHECK_EQUAL(change(PARMRK, 0, 0), 0);
	CHECK(put(master, "a\377"));
	CHECK(gives(slave, "a\377\377"));
	return 0;
}

static int settings_are_given_back_as_they_were_set(void)
{
	struct termios all, back;

	CHECK_EQUAL(open_both(), 0);
	CHECK_EQUAL(tcgetattr(slave, &all), 0);
	all.c_iflag = BRKINT | ICRNL | IGNBRK | IGNCR | IGNPAR | INLCR | INPCK | ISTRIP | IXANY | IXOFF | IXON | PARMRK;
	all.c_oflag = OPOST | ONLCR | OCRNL | ONOCR | ONLRET | OFILL | OFDEL | NL1 | CR3 | TAB2 | BS1 | VT1 | FF1;
	all.c_cflag = CS7 | CSTOPB | CREAD | PARENB | PARODD | HUPCL | CLOCAL;
	all.c_lflag = ECHO | ECHOE | ECHOK | ECHONL | ICANON | IEXTEN | ISIG | NOFLSH | TOSTOP;
	CHECK_EQUAL(cfsetospeed(&all, B9600), 0);
	for (int i = 0; i < NCCS; i++)
		all.c_cc[i] = (cc_t)(i + 100);
	CHECK_EQUAL(tcsetattr(slave, TCSAFLUSH, &all), 0);
	CHECK_EQUAL(tcgetattr(slave, &back), 0);
	CHECK_EQUAL(memcmp(&all, &back, sizeof all), 0);
	CHECK_EQUAL(cfgetispeed(&back), B9600);
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

TARGET_CASES(pty, CASE(the_steps_of_posix_give_both_sides), CASE(what_one_side_writes_the_other_reads), CASE(numbers_are_the_lowest_free_ones),
	     CASE(the_end_of_the_last_slave_is_eio_after_the_data), CASE(the_end_of_the_master_hangs_up),
	     CASE(a_hangup_tells_the_leader_and_wakes_its_read), CASE(a_leader_acquires_and_releases_it),
	     CASE(keys_and_the_window_signal_the_foreground), CASE(flow_control_holds_output_back),
	     CASE(ixoff_stops_the_sender_before_input_is_lost), CASE(queues_are_flushed_and_drained),
	     CASE(output_is_processed_as_c_oflag_says), CASE(input_is_processed_as_c_iflag_says),
	     CASE(settings_are_given_back_as_they_were_set), CASE(a_full_screen_program_runs_on_it),
	     CASE(nothing_is_lost_when_the_reader_is_slow), CASE(bad_requests_change_nothing),
	     CASE(failed_allocations_leave_nothing_behind), CASE(poll_tells_what_is_asked), CASE(poll_sleeps_until_a_file_is_ready),
	     CASE(a_signal_ends_poll), CASE(select_agrees_with_poll), HELPER(waits_for_the_hangup), HELPER(acquires_and_releases),
	     HELPER(tells_signals), HELPER(full_screen), HELPER(copies_raw), HELPER(writes_later))
