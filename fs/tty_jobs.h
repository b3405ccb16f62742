/*
 * Job control at the terminal: whose controlling terminal it is, which process group is in the foreground, and what happens to the others.
 */
#pragma once

#include "tty_line.h"

/* The caller wants to read (ABI_SIGTTIN), or to write or change settings (ABI_SIGTTOU). 0: it may. -EINTR: its group was sent the signal. -EIO:
 * nobody could continue it, or it does not take the signal. 1: it borrows its parent's memory and must not be stopped; the caller of this decides. */
int tty_jobs_check(const struct tty *tty, int sig);

/* The signal that a byte stands for now (ISIG); 0: none. Interrupts masked. */
int tty_jobs_signal_of(const struct tty *tty, uint8_t byte);
/* Sends a signal to the foreground group, if there is one. Any context. */
void tty_jobs_send(const struct tty *tty, int sig);

/* TIOCSCTTY, TIOCNOTTY, TIOCGPGRP, TIOCSPGRP, TIOCGSID; -ENOTTY for anything else. */
int tty_jobs_ioctl(struct tty *tty, unsigned long request, uintptr_t arg);

/* Opened without O_NOCTTY: it becomes the controlling terminal of a leader that has none. */
void tty_jobs_opened(struct tty *tty);

/* The controlling terminal of a session; NULL: it has none. */
struct tty *tty_of_session(unsigned session);

/* The line is gone for ever (POSIX, General Terminal Interface, 11.1.11): drops what is in it, wakes who sleeps on it, tells the leader of its session and the
 * foreground group by SIGHUP and SIGCONT, and belongs to nobody. */
void tty_hang_up(struct tty *tty);
