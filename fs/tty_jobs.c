/*
 * Job control. POSIX, General Terminal Interface 11.1.3 and 11.1.4; and the rule of the BSDs and Linux for children in the middle of a vfork: they are never
 * stopped, since their parent waits for them.
 */
#include "tty_jobs.h"

#include <fs/poll.h>
#include <fs/tty.h>
#include <proc/signal.h>
#include <proc/user.h>

static bool is_ours(const struct tty *tty, const struct process *process)
{
	return tty->session && process->session == tty->session;
}

struct tty *tty_of_session(unsigned session)
{
	struct tty *tty = session ? &tty_console : NULL;

	while (tty && tty->session != session)
		tty = tty->next;
	return tty;
}

int tty_jobs_check(const struct tty *tty, int sig)
{
	const struct process *process = process_current();

	if (!is_ours(tty, process) || process->pgrp == tty->pgrp)
		return 0;
	if (process->borrowing)
		return 1;
	if (signal_inert(process, sig))
		return sig == ABI_SIGTTIN ? -EIO : 0;
	if (group_orphaned(process->pgrp))
		return -EIO;
	signal_send_group(process->pgrp, sig);
	return -EINTR;
}

int tty_jobs_signal_of(const struct tty *tty, uint8_t byte)
{
	const uint8_t *cc = tty->termios.c_cc;

	if (!(tty->termios.c_lflag & ABI_ISIG) || byte == 0 || !tty->pgrp)
		return 0;
	if (byte == cc[ABI_VINTR])
		return ABI_SIGINT;
	if (byte == cc[ABI_VQUIT])
		return ABI_SIGQUIT;
	return byte == cc[ABI_VSUSP] ? ABI_SIGTSTP : 0;
}

void tty_jobs_send(const struct tty *tty, int sig)
{
	if (tty->pgrp)
		signal_send_group(tty->pgrp, sig);
}

static bool group_exists_here(const struct tty *tty, int pgrp)
{
	for (const struct process *it = process_next(NULL); it; it = process_next(it))
		if (it->pgrp == pgrp && it->session == tty->session)
			return true;
	return false;
}

static int set_foreground(struct tty *tty, const int *from)
{
	int pgrp, error = user_copy_in(&pgrp, from, sizeof pgrp);

	if (error < 0)
		return error;
	if (!is_ours(tty, process_current()))
		return -ENOTTY;
	if (pgrp <= 0)
		return -EINVAL;
	if (!group_exists_here(tty, pgrp))
		return -EPERM;
	error = tty_jobs_check(tty, ABI_SIGTTOU);
	if (error < 0)
		return error;
	tty->pgrp = (uint16_t)pgrp;
	return 0;
}

static int get_number(const struct tty *tty, uintptr_t arg, int number)
{
	if (!is_ours(tty, process_current()))
		return -ENOTTY;
	return user_copy_out((void *)arg, &number, sizeof number);
}

static bool take_control(struct tty *tty)
{
	const struct process *process = process_current();

	if (process->session != process->pid || tty->session || tty_of_session(process->session))
		return false;
	tty->session = process->session;
	tty->pgrp = process->pgrp;
	return true;
}

void tty_jobs_opened(struct tty *tty)
{
	take_control(tty);
}

/* Nobody's from now on; its foreground group is told. */
static void give_up(struct tty *tty)
{
	tty_jobs_send(tty, ABI_SIGHUP);
	tty_jobs_send(tty, ABI_SIGCONT);
	tty->session = tty->pgrp = 0;
}

static int release_control(struct tty *tty)
{
	const struct process *process = process_current();

	if (!is_ours(tty, process))
		return -ENOTTY;
	if (process->session != process->pid)
		return -EPERM;
	give_up(tty);
	return 0;
}

int tty_jobs_ioctl(struct tty *tty, unsigned long request, uintptr_t arg)
{
	switch (request) {
	case ABI_TIOCSCTTY: return is_ours(tty, process_current()) || take_control(tty) ? 0 : -EPERM;
	case ABI_TIOCNOTTY: return release_control(tty);
	case ABI_TIOCGPGRP: return get_number(tty, arg, tty->pgrp);
	case ABI_TIOCSPGRP: return set_foreground(tty, (const int *)arg);
	case ABI_TIOCGSID: return get_number(tty, arg, tty->session);
	default: return -ENOTTY;
	}
}

void tty_hang_up(struct tty *tty)
{
	struct process *leader = tty->session ? process_find(tty->session) : NULL;

	tty->state = TTY_HUNG_UP;
	tty_flush_input(tty);
	poll_wake(&tty->line.readers);
	line_flush_output(&tty->line);
	if (leader && leader->pgrp != tty->pgrp && leader->thread) {
		signal_send(leader, ABI_SIGHUP);
		signal_send(leader, ABI_SIGCONT);
	}
	give_up(tty);
}

void tty_session_ended(unsigned session)
{
	struct tty *tty = tty_of_session(session);

	if (tty)
		give_up(tty);
}
