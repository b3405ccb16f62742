/*
 * Output processing (POSIX, General Terminal Interface, 11.2.3). The delays (NLDLY, CRDLY, BSDLY, VTDLY, FFDLY) and the fill characters that go with them are kept
 * and not carried out: nothing that is connected today needs time to move its paper.
 */
#include "tty_line.h"

static void put(struct tty *tty, uint8_t byte)
{
	if (ring_room(&tty->line.out))
		ring_put(&tty->line.out, byte);
}

unsigned tty_output_limit(const struct tty *tty)
{
	uint32_t flags = tty->termios.c_oflag;

	if (!(flags & ABI_OPOST) || tty->state == TTY_DETACHED)
		return 0;
	return (flags & ABI_ONOCR) || (flags & ABI_TABDLY) == ABI_TAB3 ? 256 : ' ';
}

static void put_tab(struct tty *tty)
{
	bool spaces = (tty->termios.c_oflag & ABI_TABDLY) == ABI_TAB3;
	unsigned stop = (tty->column | 7u) + 1;

	if (!spaces)
		put(tty, '\t');
	for (; tty->column < stop; tty->column++)
		if (spaces)
			put(tty, ' ');
}

/* The cursor is in the first column. */
static void put_return(struct tty *tty, uint8_t byte)
{
	tty->column = 0;
	put(tty, byte);
}

void tty_output(struct tty *tty, uint8_t byte)
{
	uint32_t flags = tty->termios.c_oflag;

	if (tty_output_limit(tty) == 0) {
		put(tty, byte);
	} else if (byte == '\r') {
		if (!(flags & ABI_ONOCR) || tty->column)
			put_return(tty, flags & ABI_OCRNL ? '\n' : '\r');
	} else if (byte == '\n') {
		if (flags & ABI_ONLCR)
			put_return(tty, '\r');
		if (flags & ABI_ONLRET)
			tty->column = 0;
		put(tty, '\n');
	} else if (byte == '\t') {
		put_tab(tty);
	} else {
		if (byte == '\b' && tty->column)
			tty->column--;
		else if (byte >= ' ' && (byte & 0xc0) != 0x80)
			tty->column++;
		put(tty, byte);
	}
}
