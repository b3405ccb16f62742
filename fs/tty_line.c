/*
 * The line discipline for what comes in (POSIX, General Terminal Interface, 11.1.5 to 11.1.9 and 11.2.2), in the driver's interrupt or the master's write: edits the
 * line being typed, echoes, and wakes readers when there is something for them. In canonical mode the input ring holds whole lines up to tty->edit and the line
 * being typed behind it. An end of file (^D) is kept as its own character, which cannot be data there.
 *
 * A byte meets, in this order: ISTRIP, flow control (IXON, IXANY), signals (ISIG, when there is a foreground job), CR and NL, line editing.
 */
#include "tty_line.h"

#include <fs/poll.h>

#include "tty_jobs.h"

#define DEL 0x7f
#define MARK 0xff /* PARMRK */

static const struct abi_termios usual = {
	.c_iflag = ABI_ICRNL | ABI_IXON | ABI_IUTF8,
	.c_oflag = ABI_OPOST | ABI_ONLCR,
	.c_cflag = ABI_B115200 | ABI_CS8 | ABI_CREAD,
	.c_lflag = ABI_ISIG | ABI_ICANON | ABI_ECHO | ABI_ECHOE | ABI_ECHOK | ABI_IEXTEN,
	.c_cc =
		{
			[ABI_VINTR] = 'C' - '@',
			[ABI_VQUIT] = '\\' - '@',
			[ABI_VERASE] = DEL,
			[ABI_VKILL] = 'U' - '@',
			[ABI_VEOF] = 'D' - '@',
			[ABI_VMIN] = 1,
			[ABI_VSTART] = 'Q' - '@',
			[ABI_VSTOP] = 'S' - '@',
			[ABI_VSUSP] = 'Z' - '@',
		},
};

void tty_init(struct tty *tty)
{
	tty->termios = usual;
	tty->winsize = (struct abi_winsize){.ws_row = 24, .ws_col = 80};
}

static bool local(const struct tty *tty, uint32_t flag)
{
	return tty->termios.c_lflag & flag;
}

/* Is it this control character? A character of 0 is switched off. */
static bool is_control(const struct tty *tty, uint8_t byte, unsigned which)
{
	return byte == tty->termios.c_cc[which] && byte != 0;
}

unsigned tty_available(const struct tty *tty)
{
	return tty_canonical(tty) ? (uint16_t)(tty->edit - tty->line.in.head) : ring_count(&tty->line.in);
}

void tty_commit(struct tty *tty)
{
	tty->edit = tty->line.in.tail;
	poll_wake(&tty->line.readers);
}

void tty_flush_input(struct tty *tty)
{
	tty->line.in.head = tty->edit = tty->line.in.tail;
	tty_relax(tty);
}

/* IXOFF: asks the other side to wait before the ring is full, but not when nobody could empty it. */
static void throttle(struct tty *tty)
{
	if (!(tty->termios.c_iflag & ABI_IXOFF) || tty->throttled || ring_room(&tty->line.in) > tty->line.in.size / 4u || !tty_available(tty))
		return;
	tty->throttled = true;
	tty->line.urgent = tty->termios.c_cc[ABI_VSTOP];
}

void tty_relax(struct tty *tty)
{
	if (tty->throttled && (ring_room(&tty->line.in) > tty->line.in.size / 2u || !(tty->termios.c_iflag & ABI_IXOFF))) {
		tty->throttled = false;
		tty->line.urgent = tty->termios.c_cc[ABI_VSTART];
		line_kick(&tty->line);
	}
	line_resume(&tty->line);
}

/* Control characters show as ^X. */
static bool shows_as_two(uint8_t byte)
{
	return (byte < ' ' && byte != '\t') || byte == DEL;
}

/* Echo is lost when the output ring is full: writers leave it some room. */
static void echo(struct tty *tty, uint8_t byte)
{
	if (!local(tty, ABI_ECHO) && !(byte == '\n' && local(tty, ABI_ECHONL) && tty_canonical(tty)))
		return;
	if (byte != '\n' && shows_as_two(byte)) {
		tty_output(tty, '^');
		byte ^= 0x40;
	}
	tty_output(tty, byte);
}

static void erase_column(struct tty *tty)
{
	for (const char *text = "\b \b"; *text; text++)
		tty_output(tty, (uint8_t)*text);
}

/* Takes back the last byte of the line being typed; with IUTF8 all bytes of a character. */
static void erase_last(struct tty *tty)
{
	struct ring *in = &tty->line.in;
	uint8_t byte;

	if (in->tail == tty->edit)
		return;
	do {
		byte = ring_last(in);
		in->tail--;
	} while ((byte & 0xc0) == 0x80 && (tty->termios.c_iflag & ABI_IUTF8) && in->tail != tty->edit);
	if (!local(tty, ABI_ECHO) || !local(tty, ABI_ECHOE))
		return;
	erase_column(tty);
	if (shows_as_two(byte))
		erase_column(tty);
}

static void kill_line(struct tty *tty, uint8_t byte)
{
	tty->line.in.tail = tty->edit;
	echo(tty, byte);
	if (local(tty, ABI_ECHOK))
		echo(tty, '\n');
}

/* Adds a byte, or refuses it so that the sender is held up. Of a line that fills the whole ring the rest is
 * dropped: the last place is kept for its end. */
static bool add(struct tty *tty, uint8_t byte, bool ends_line)
{
	struct line *line = &tty->line;
	unsigned needed = ends_line || !tty_canonical(tty) ? 1 : 2;
	bool marked = byte == MARK && (tty->termios.c_iflag & (ABI_PARMRK | ABI_ISTRIP)) == ABI_PARMRK;

	if (ring_room(&line->in) < needed + marked) {
		line->paused = tty_available(tty) > 0;
		return !line->paused;
	}
	if (marked)
		ring_put(&line->in, MARK);
	ring_put(&line->in, byte);
	if (!ends_line || byte == '\n' || !is_control(tty, byte, ABI_VEOF))
		echo(tty, byte);
	if (ends_line || !tty_canonical(tty))
		tty_commit(tty);
	throttle(tty);
	return true;
}

static bool receive_canonical(struct tty *tty, uint8_t byte)
{
	if (is_control(tty, byte, ABI_VERASE))
		erase_last(tty);
	else if (is_control(tty, byte, ABI_VKILL))
		kill_line(tty, byte);
	else
		return add(tty, byte, byte == '\n' || is_control(tty, byte, ABI_VEOF) || is_control(tty, byte, ABI_VEOL));
	return true;
}

/* VSTART and VSTOP. True: the byte was one of them. */
static bool flow_character(struct tty *tty, uint8_t byte)
{
	bool stop = is_control(tty, byte, ABI_VSTOP), start = is_control(tty, byte, ABI_VSTART);

	if (stop && !(start && tty->line.held))
		tty->line.held |= LINE_HELD_BY_CHARACTER;
	else if (start || (tty->termios.c_iflag & ABI_IXANY))
		tty->line.held &= (uint8_t)~LINE_HELD_BY_CHARACTER;
	return start || stop;
}

/* What was typed and not read, and what was not shown yet. */
static void flush_all(struct tty *tty)
{
	tty_flush_input(tty);
	line_flush_output(&tty->line);
}

/* ^C and its like. */
static void signal_character(struct tty *tty, uint8_t byte, int sig)
{
	if (!local(tty, ABI_NOFLSH))
		flush_all(tty);
	tty->line.held &= (uint8_t)~LINE_HELD_BY_CHARACTER;
	echo(tty, byte);
	tty_jobs_send(tty, sig);
}

/* False: there is no room. */
static bool receive(struct tty *tty, uint8_t byte)
{
	uint32_t input = tty->termios.c_iflag;
	int sig;

	if (input & ABI_ISTRIP)
		byte &= 0x7f;
	if ((input & ABI_IXON) && flow_character(tty, byte))
		return true;
	sig = tty_jobs_signal_of(tty, byte);
	if (sig) {
		signal_character(tty, byte, sig);
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
	return tty_canonical(tty) ? receive_canonical(tty, byte) : add(tty, byte, false);
}

bool tty_input(struct tty *tty, uint8_t byte)
{
	bool taken = receive(tty, byte);

	line_kick(&tty->line);
	return taken;
}

/* Bytes that have no meaning to the discipline. Without room they are dropped: they are lost already. */
static void add_data(struct tty *tty, const char *bytes, unsigned count)
{
	if (ring_room(&tty->line.in) <= count)
		return;
	while (count--)
		ring_put(&tty->line.in, (uint8_t)*bytes++);
	if (!tty_canonical(tty))
		tty_commit(tty);
}

void tty_input_error(struct tty *tty, uint8_t byte, bool is_break)
{
	uint32_t input = tty->termios.c_iflag;
	const char marked[] = {(char)MARK, 0, is_break ? 0 : (char)byte};

	if (!is_break && !(input & ABI_INPCK)) {
		tty_input(tty, byte);
	} else if (input & (is_break ? ABI_IGNBRK : ABI_IGNPAR)) {
		return;
	} else if (is_break && (input & ABI_BRKINT)) {
		flush_all(tty);
		tty_jobs_send(tty, ABI_SIGINT);
	} else if (input & ABI_PARMRK) {
		add_data(tty, marked, sizeof marked);
	} else {
		add_data(tty, "", 1);
	}
}
