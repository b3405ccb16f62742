/*
 * The requests that every terminal knows: what is behind <termios.h>, the size of the window, and the rest of ioctl for terminals.
 */
#include "tty_line.h"

#include <kernel/string.h>
#include <proc/user.h>

#include "tty_jobs.h"

#define BREAK_NS 300000000u /* POSIX: between 0.25 and 0.5 seconds */

/* Puts settings in force; what the old ones held up goes on. */
static void settle(struct tty *tty, const struct abi_termios *termios)
{
	bool other_mode = (tty->termios.c_lflag ^ termios->c_lflag) & ABI_ICANON;

	tty->termios = *termios;
	tty->column = 8; /* not known: a return is sent, and tabs count from the margin */
	if (other_mode)
		tty_commit(tty);
	if (!(termios->c_iflag & ABI_IXON))
		tty->line.held &= (uint8_t)~LINE_HELD_BY_CHARACTER;
	tty_relax(tty);
	line_kick(&tty->line);
}

static int set_termios(struct tty *tty, unsigned long request, uintptr_t arg)
{
	struct abi_termios termios;
	int error = request == ABI_TCSETS ? 0 : line_drain(&tty->line, SLEEP_INTERRUPTIBLE);

	if (!error)
		error = user_copy_in(&termios, (const void *)arg, sizeof(termios));
	if (!error && tty->state)
		error = -EIO; /* meanwhile */
	if (error)
		return error;
	if (request == ABI_TCSETSF)
		tty_flush_input(tty);
	settle(tty, &termios);
	return 0;
}

/* TCSBRK of Linux: 0 sends a break, anything else is tcdrain. */
static int send_break(struct tty *tty, bool drain_only)
{
	int error = line_drain(&tty->line, SLEEP_INTERRUPTIBLE);

	if (error || drain_only || !tty->line.driver->set_break)
		return error;
	tty->line.driver->set_break(&tty->line, true);
	waitq_sleep_until(SLEEP_UNINTERRUPTIBLE, timer_now() + timer_from_ns(0, BREAK_NS));
	tty->line.driver->set_break(&tty->line, false);
	return 0;
}

static int flow(struct tty *tty, uintptr_t action)
{
	switch (action) {
	case ABI_TCOOFF: tty->line.held |= LINE_HELD_BY_CALL; break;
	case ABI_TCOON: tty->line.held &= (uint8_t)~LINE_HELD_BY_CALL; break;
	case ABI_TCIOFF: tty->line.urgent = tty->termios.c_cc[ABI_VSTOP]; break;
	case ABI_TCION: tty->line.urgent = tty->termios.c_cc[ABI_VSTART]; break;
	default: return -EINVAL;
	}
	line_kick(&tty->line);
	return 0;
}

static int flush(struct tty *tty, uintptr_t queue)
{
	if (queue > ABI_TCIOFLUSH)
		return -EINVAL;
	if (queue != ABI_TCOFLUSH)
		tty_flush_input(tty);
	if (queue != ABI_TCIFLUSH)
		line_flush_output(&tty->line);
	return 0;
}

static int set_window(struct tty *tty, uintptr_t arg)
{
	struct abi_winsize size;
	int error = user_copy_in(&size, (const void *)arg, sizeof(size));

	if (error || !memcmp(&size, &tty->winsize, sizeof(size)))
		return error;
	tty->winsize = size;
	if (tty->pgrp)
		tty_jobs_send(tty, ABI_SIGWINCH);
	return 0;
}

/* What changes the terminal, and so is not for the background. */
static int change(struct tty *tty, unsigned long request, uintptr_t arg)
{
	int error = tty_jobs_check(tty, ABI_SIGTTOU);

	if (error < 0)
		return error;
	switch (request) {
	case ABI_TCSBRK: return send_break(tty, arg != 0);
	case ABI_TCXONC: return flow(tty, arg);
	case ABI_TCFLSH: return flush(tty, arg);
	default: return set_termios(tty, request, arg);
	}
}

int tty_request(struct tty *tty, unsigned long request, uintptr_t arg)
{
	int count;

	if (tty->state)
		return -EIO;
	switch (request) {
	case ABI_TCGETS:
		return user_copy_out((void *)arg, &tty->termios, sizeof(tty->termios));
	case ABI_TCSETS:
	case ABI_TCSETSW:
	case ABI_TCSETSF:
	case ABI_TCSBRK:
	case ABI_TCXONC:
	case ABI_TCFLSH:
		return change(tty, request, arg);
	case ABI_TIOCGWINSZ:
		return user_copy_out((void *)arg, &tty->winsize, sizeof(tty->winsize));
	case ABI_TIOCSWINSZ:
		return set_window(tty, arg);
	case ABI_FIONREAD:
		count = (int)tty_available(tty);
		return user_copy_out((void *)arg, &count, sizeof(count));
	default:
		return tty_jobs_ioctl(tty, request, arg);
	}
}
