/*
 * Job control at the terminal: whose controlling terminal it is, which process group is in the foreground, and what happens to the others.
 */
#pragma once

#include <fs/file.h>

/* The caller wants to read (ABI_SIGTTIN), or to write or change settings (ABI_SIGTTOU). 0: it may. -EINTR: its group was sent the signal. -EIO:
 * nobody could continue it, or it does not take the signal. 1: it borrows its parent's memory and must not be stopped; the caller of this decides. */
int tty_jobs_check(int sig);

/* The signal that a byte stands for now (ISIG); 0: none. Interrupts masked. */
int tty_jobs_signal_of(uint8_t byte);
/* Sends it to the foreground group. Interrupts masked. */
void tty_jobs_send(int sig);

/* TIOCSCTTY, TIOCGPGRP, TIOCSPGRP, TIOCGSID; -ENOTTY for anything else. */
int tty_jobs_ioctl(unsigned long request, uintptr_t arg);

/* A session leader without a controlling terminal opened this one. */
void tty_jobs_opened(const struct file *file);
