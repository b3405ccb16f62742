/*
 * The line discipline, in the receive interrupt: edits the line being typed, echoes, and wakes readers when
 * there is something for them. In canonical mode the input ring holds whole lines up to tty.edit and the line
 * being typed behind it. An end of file (^D) is kept as its own character, which cannot be data there.
 *
 * Signal characters (ISIG) are taken out at the top of tty_receive, before any other processing, when the terminal has a
 * foreground job.
 */
#include "tty_line.h"

#include "line.h"
#include "tty_jobs.h"

#define DEL 0x7f

struct tty tty = {
	.termios =
		{
			.c_iflag = ABI_ICRNL,
			.c_oflag = ABI_OPOST | ABI_ONLCR,
			.c_cflag = ABI_CS8 | ABI_CREAD,
			.c_lflag = ABI_ISIG | ABI_ICANON | ABI_ECHO | ABI_ECHOE | ABI_ECHOK | ABI_IEXTEN,
			.c_cc =
				{
					[ABI_VINTR] = 'C' - '@',
					[ABI_VQUIT] = '\\' - '@',
					[ABI_VERASE] = DEL,
					[ABI_VKILL] = 'U' - '@',
					[ABI_VEOF] = 'D' - '@',
					[ABI_VMIN] = 1,
					[ABI_VSUSP] = 'Z' - '@',
				},
		},
	.winsize = {.ws_row = 24, .ws_col = 80},
};

static bool local(uint32_t flag)
{
	return tty.termios.c_lflag & flag;
}

/* Is it this control character? A character of 0 is switched off. */
static bool is_control(uint8_t byte, unsigned which)
{
	return byte == tty.termios.c_cc[which] && byte != 0;
}

unsigned tty_available(void)
{
	return tty_canonical() ? (uint16_t)(tty.edit - line.in.head) : ring_count(&line.in);
}

void tty_commit(void)
{
	tty.edit = line.in.tail;
	if (!waitq_empty(&line.readers))
		waitq_wake_all(&line.readers, 0);
}

/* Echo is dropped when the output ring is full: writers leave it some room. */
static void emit(uint8_t byte)
{
	if (ring_room(&line.out))
		ring_put(&line.out, byte);
}

/* Control characters show as ^X. */
static bool shows_as_two(uint8_t byte)
{
	return (byte < ' ' && byte != '\t') || byte == DEL;
}

static void echo(uint8_t byte)
{
	if (byte == '\n') {
		if (!local(ABI_ECHO) && !(local(ABI_ECHONL) && local(ABI_ICANON)))
			return;
		if ((tty.termios.c_oflag & (ABI_OPOST | ABI_ONLCR)) == (ABI_OPOST | ABI_ONLCR))
			emit('\r');
		emit('\n');
	} else if (local(ABI_ECHO) && shows_as_two(byte)) {
		emit('^');
		emit(byte ^ 0x40);
	} else if (local(ABI_ECHO)) {
		emit(byte);
	}
}

static void erase_column(void)
{
	emit('\b');
	emit(' ');
	emit('\b');
}

/* Takes back the last byte of the line being typed; for a UTF-8 character all of its bytes. */
static void erase_last(void)
{
	uint8_t byte;

	if (line.in.tail == tty.edit)
		return;
	do {
		byte = ring_last(&line.in);
		line.in.tail--;
	} while ((byte & 0xc0) == 0x80 && line.in.tail != tty.edit);
	if (!local(ABI_ECHO) || !local(ABI_ECHOE))
		return;
	erase_column();
	if (shows_as_two(byte))
		erase_column();
}

static void kill_line(uint8_t byte)
{
	line.in.tail = tty.edit;
	echo(byte);
	if (local(ABI_ECHOK))
		echo('\n');
}

/* Adds a byte, or refuses it so that the sender is held up. Of a line that fills the whole ring the rest is
 * dropped: the last place is kept for its end. */
static bool add(uint8_t byte, bool ends_line)
{
	unsigned needed = ends_line || !tty_canonical() ? 1 : 2;

	if (ring_room(&line.in) < needed) {
		line.paused = tty_available() > 0;
		return !line.paused;
	}
	ring_put(&line.in, byte);
	if (!ends_line || byte == '\n' || !is_control(byte, ABI_VEOF))
		echo(byte);
	if (ends_line || !tty_canonical())
		tty_commit();
	return true;
}

static bool receive_canonical(uint8_t byte)
{
	if (is_control(byte, ABI_VERASE))
		erase_last();
	else if (is_control(byte, ABI_VKILL))
		kill_line(byte);
	else
		return add(byte, byte == '\n' || is_control(byte, ABI_VEOF) || is_control(byte, ABI_VEOL));
	return true;
}

/* ^C and its like: what was typed and not read, and what was not shown yet, is dropped. */
static void signal_character(uint8_t byte, int sig)
{
	if (!local(ABI_NOFLSH)) {
		line.in.head = line.in.tail = tty.edit = 0;
		line.out.head = line.out.tail;
	}
	echo(byte);
	tty_jobs_send(sig);
}

static bool tty_receive(struct serial *serial, uint8_t byte)
{
	uint32_t input = tty.termios.c_iflag;
	int sig = tty_jobs_signal_of(byte);
	bool taken;

	(void)serial;
	if (sig) {
		signal_character(byte, sig);
		line_kick();
		return true;
	}
	if (byte == '\r') {
		if (input & ABI_IGNCR)
			return true;
		if (input & ABI_ICRNL)
			byte = '\n';
	} else if (byte == '\n' && (input & ABI_INLCR)) {
		byte = '\r';
	}
	taken = tty_canonical() ? receive_canonical(byte) : add(byte, false);
	line_kick();
	return taken;
}

const struct serial_client tty_client = {
	.receive = tty_receive,
	.transmit = line_transmit,
};
