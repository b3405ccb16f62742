/*
 * Settings of a terminal: flow control, queues, processing of input and output, and the signals of its keys and window.
 */
#include "harness.h"
#include "signalling.h"
#include "terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

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

TARGET_CASES(termios, CASE(keys_and_the_window_signal_the_foreground), CASE(flow_control_holds_output_back),
	     CASE(ixoff_stops_the_sender_before_input_is_lost), CASE(queues_are_flushed_and_drained),
	     CASE(output_is_processed_as_c_oflag_says), CASE(input_is_processed_as_c_iflag_says),
	     CASE(settings_are_given_back_as_they_were_set), HELPER(tells_signals))
