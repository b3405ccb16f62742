/*
 * Job control. POSIX, General Terminal Interface 11.1.3 and 11.1.4; and the rule of the BSDs and Linux for children in the middle of a vfork: they are never
 * stopped, since their parent waits for them.
 */
#include "tty_jobs.h"

#include <fs/tty.h>
#include <proc/signal.h>
#include <proc/user.h>

#include "line.h"
#include "tty_line.h"

static bool is_ours(const struct process *process)
{
	return tty.session && process->session == tty.session;
}

int tty_jobs_check(int sig)
{
	const struct process *process = process_current();

	if (!is_ours(process) || process->pgrp == tty.pgrp)
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

int tty_jobs_signal_of(uint8_t byte)
{
	const uint8_t *cc = tty.termios.c_cc;

	if (!(tty.termios.c_lflag & ABI_ISIG) || byte == 0 || !tty.pgrp)
		return 0;
	if (byte == cc[ABI_VINTR])
		return ABI_SIGINT;
	if (byte == cc[ABI_VQUIT])
		return ABI_SIGQUIT;
	return byte == cc[ABI_VSUSP] ? ABI_SIGTSTP : 0;
}

void tty_jobs_send(int sig)
{
	signal_send_group(tty.pgrp, sig);
}

static bool group_exists_here(int pgrp)
{
	for (const struct process *it = process_next(NULL); it; it = process_next(it))
		if (it->pgrp == pgrp && it->session == tty.session)
			return true;
	return false;
}

static int set_foreground(const int *from)
{
	int pgrp, error = user_copy_in(&pgrp, from, sizeof pgrp);

	if (error < 0)
		return error;
	if (!is_ours(process_current()))
		return -ENOTTY;
	if (pgrp <= 0)
		return -EINVAL;
	if (!group_exists_here(pgrp))
		return -EPERM;
	error = tty_jobs_check(ABI_SIGTTOU);
	if (error < 0)
		return error;
	tty.pgrp = (uint16_t)pgrp;
	return 0;
}

static int get_number(uintptr_t arg, int number)
{
	if (!is_ours(process_current()))
		return -ENOTTY;
	return user_copy_out((void *)arg, &number, sizeof number);
}

static bool take_control(void)
{
	const struct process *process = process_current();

	if (process->session != process->pid || tty.session)
		return false;
	tty.session = process->session;
	tty.pgrp = process->pgrp;
	return true;
}

void tty_jobs_opened(const struct file *file)
{
	if (!(file->flags & ABI_O_NOCTTY))
		take_control();
}

int tty_jobs_ioctl(unsigned long request, uintptr_t arg)
{
	switch (request) {
	case ABI_TIOCSCTTY: return is_ours(process_current()) || take_control() ? 0 : -EPERM;
	case ABI_TIOCGPGRP: return get_number(arg, tty.pgrp);
	case ABI_TIOCSPGRP: return set_foreground((const int *)arg);
	case ABI_TIOCGSID: return get_number(arg, tty.session);
	default: return -ENOTTY;
	}
}

void tty_session_ended(unsigned session)
{
	if (!tty.session || tty.session != session)
		return;
	signal_send_group(tty.pgrp, ABI_SIGHUP);
	tty.session = tty.pgrp = 0;
}
