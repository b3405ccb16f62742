/*
 * Job control at the terminal: signal characters, reading and writing in the background, who owns it.
 */
#include "world.h"

#include <kernel/klog.h>
#include <proc/signal.h>
#include <string.h>

#include "../../../fs/tty_line.h"

#define CTRL(letter) ((uint8_t)((letter) - '@'))

static long call_read(char *buf, size_t count)
{
	return u_call(22, (uintptr_t)0, buf, count);
}

static long call_write(const char *text)
{
	return u_call(23, (uintptr_t)0, u_string(text), strlen(text));
}

static long call_ioctl(unsigned long request, int value)
{
	int *number = u_alloc(sizeof *number);
	long error;

	*number = value;
	error = u_call(43, (uintptr_t)0, request, number);
	return error < 0 ? error : *number;
}

static long set_local_flags(uint32_t flags)
{
	struct abi_termios *termios = u_alloc(sizeof *termios);

	u_call(43, (uintptr_t)0, (uintptr_t)ABI_TCGETS, termios);
	termios->c_lflag = flags;
	return u_call(43, (uintptr_t)0, (uintptr_t)ABI_TCSETS, termios);
}

static void type(const char *text)
{
	for (; *text; text++)
		assert_true(tty_input(&tty_console, (uint8_t)*text));
}

static void type_control(char letter)
{
	tty_input(&tty_console, CTRL(letter));
}

/* Descriptor 0 is the terminal, as opening it with those flags makes it. */
static void terminal(uint32_t flags)
{
	struct file *file = file_alloc(&tty_ops, ABI_O_RDWR | flags);

	assert_int_equal(console_open(file), 0);
	assert_int_equal(fdtable_install(&process_current()->files, file, 0, false), 0);
}

/* The body of a test as the leader of a session that owns the terminal; like a shell, it may use it from the background. */
static void (*body)(void);

static void leader(void)
{
	assert_int_equal(sys_setsid(), sys_getpid());
	terminal(0);
	assert_int_equal(tty_console.session, sys_getpid());
	assert_int_equal(tty_console.pgrp, sys_getpid());
	u_action(ABI_SIGTTOU, ABI_SIG_IGN, 0);
	body();
}

static void in_session(void (*test)(void))
{
	uint32_t usual;

	console_line();
	usual = tty_console.termios.c_lflag;
	body = test;
	assert_int_equal(u_reap(u_start(leader)), 0);
	assert_int_equal(tty_console.session, 0);
	assert_int_equal(tty_console.pgrp, 0);
	tty_console.termios.c_lflag = usual;
}

static void own_group(void)
{
	assert_int_equal(sys_setpgid(0, 0), 0);
	u_action(ABI_SIGTTOU, ABI_SIG_DFL, 0);
}

static void sleep_in_a_group(void)
{
	own_group();
	for (;;)
		u_sleep(100000);
}

static void foreground(long pgrp)
{
	assert_int_equal(call_ioctl(ABI_TIOCSPGRP, (int)pgrp), pgrp);
	assert_int_equal(call_ioctl(ABI_TIOCGPGRP, 0), pgrp);
}

static void expect_stop(long pid, int sig)
{
	int *status = u_alloc(sizeof *status);

	assert_int_equal(u_call(3, (uintptr_t)pid, status, (uintptr_t)(ABI_WUNTRACED | ABI_WNOHANG), NULL), pid);
	assert_int_equal(*status, sig << 8 | 0x7f);
}

static void type_at_jobs(void)
{
	long job = u_start(sleep_in_a_group), other = u_start(sleep_in_a_group);

	foreground(job);
	type("dropped");
	type_control('Z');
	assert_int_equal(tty_available(&tty_console), 0);
	assert_int_equal(tty_console.line.in.tail, tty_console.edit);
	u_sleep(1);
	expect_stop(job, ABI_SIGTSTP);
	u_kill(job, ABI_SIGCONT);
	u_sleep(1);
	set_local_flags(ABI_ICANON | ABI_ISIG | ABI_NOFLSH);
	type("kept");
	type_control('C');
	assert_int_equal(tty_console.line.in.tail - tty_console.edit, 4);
	assert_int_equal(u_reap(job), ABI_SIGINT);
	foreground(other);
	set_local_flags(ABI_ICANON);
	type_control('C');                                /* without ISIG: a byte like others */
	assert_int_equal(tty_console.line.in.tail - tty_console.line.in.head, 5); /* beside what was kept */
	u_sleep(1);
	assert_int_equal(process_find((int)other)->state, PROCESS_ALIVE);
	set_local_flags(ABI_ICANON | ABI_ISIG);
	type_control('\\');
	assert_int_equal(u_reap(other), ABI_SIGQUIT);
	tty_console.termios.c_cc[ABI_VINTR] = 0; /* switched off */
	type_control('@');
	tty_console.termios.c_cc[ABI_VINTR] = CTRL('C');
	foreground(sys_getpid());
	assert_int_equal(process_current()->signals.pending.set, 0);
	unit_note('k');
}

static void characters_send_signals_to_the_foreground(void)
{
	in_session(type_at_jobs);
	assert_string_equal(unit_notes(), "k");
	type_control('C'); /* nobody's terminal: a byte */
	assert_true(tty_console.line.in.tail != tty_console.edit);
	tty_console.line.in.head = tty_console.line.in.tail = tty_console.edit = 0;
}

static void read_one_line(void)
{
	char *buf = u_alloc(16);
	long n;

	own_group();
	n = call_read(buf, 16);
	unit_note((char)(n < 0 ? -n + 'A' : n + '0'));
}

#define EIO_NOTE ((char)(EIO + 'A'))

static void read_in_background(void)
{
	long job = u_start(read_one_line);

	expect_stop(job, ABI_SIGTTIN);
	type("hi\n");
	u_kill(job, ABI_SIGCONT); /* still in the background */
	u_sleep(10);
	expect_stop(job, ABI_SIGTTIN);
	foreground(job);
	u_kill(job, ABI_SIGCONT);
	assert_int_equal(u_reap(job), 0);
	foreground(sys_getpid());
	assert_string_equal(unit_notes(), "3");
}

static void background_reader_stops_until_it_is_in_the_foreground(void)
{
	in_session(read_in_background);
}

static void ignore_and_read(void)
{
	u_action(ABI_SIGTTIN, ABI_SIG_IGN, 0);
	read_one_line();
}

static void block_and_read(void)
{
	u_mask(ABI_SIG_BLOCK, SIGNAL_BIT(ABI_SIGTTIN));
	read_one_line();
}

static void read_without_ttin(void)
{
	char expected[] = {EIO_NOTE, EIO_NOTE, 0};

	assert_int_equal(u_reap(u_start(ignore_and_read)), 0);
	assert_int_equal(u_reap(u_start(block_and_read)), 0);
	assert_string_equal(unit_notes(), expected);
}

static void reader_that_takes_no_sigttin_gets_eio(void)
{
	in_session(read_without_ttin);
}

static void read_as_an_orphan(void)
{
	own_group();
	u_sleep(100); /* until its parent has ended */
	assert_true(group_orphaned(process_current()->pgrp));
	read_one_line();
}

static void leave_an_orphan(void)
{
	u_start(read_as_an_orphan);
}

static void orphan_reads(void)
{
	char expected[] = {EIO_NOTE, 0};

	assert_int_equal(u_reap(u_start(leave_an_orphan)), 0);
	u_sleep(1000);
	assert_string_equal(unit_notes(), expected);
}

static void orphaned_group_gets_eio(void)
{
	in_session(orphan_reads);
	assert_true(u_wait(-1, NULL) > 0);
}

static void borrower_reads(void)
{
	char *buf = u_alloc(16);

	own_group();
	assert_int_equal(call_read(buf, 16), 0);
	assert_int_equal(call_write("b"), 1);
	assert_int_equal(
		call_ioctl(ABI_TIOCSPGRP, (int)sys_getpid()), sys_getpid()); /* as shells' children do before exec */
	assert_int_equal(process_current()->signals.pending.set, 0);
	unit_note('b');
}

static void lend_in_session(void)
{
	type("not for it\n");
	set_local_flags(ABI_ICANON | ABI_ISIG | ABI_TOSTOP);
	assert_int_equal(u_reap(u_vfork(borrower_reads)), 0);
	assert_int_equal(call_ioctl(ABI_TIOCSPGRP, (int)sys_getpid()), sys_getpid());
	assert_int_equal(call_read(u_alloc(16), 16), 11);
	assert_string_equal(unit_notes(), "b");
}

static void borrower_in_the_background_reads_end_of_file(void)
{
	in_session(lend_in_session);
}

static void write_one(void)
{
	own_group();
	unit_note(call_write("x") == 1 ? 'w' : '!');
}

static void ignore_and_write(void)
{
	own_group();
	u_action(ABI_SIGTTOU, ABI_SIG_IGN, 0);
	unit_note(call_write("x") == 1 ? 'i' : '!');
}

static void change_settings(void)
{
	own_group();
	unit_note(set_local_flags(ABI_ICANON | ABI_ISIG) == 0 ? 's' : '!');
}

static void take_the_foreground(void)
{
	own_group();
	unit_note(call_ioctl(ABI_TIOCSPGRP, (int)sys_getpid()) > 0 ? 'f' : '!');
}

static void stops_and_goes_on_in_foreground(void (*program)(void), const char *note)
{
	long job = u_start(program);

	expect_stop(job, ABI_SIGTTOU);
	assert_string_equal(unit_notes(), "");
	foreground(job);
	u_kill(job, ABI_SIGCONT);
	assert_int_equal(u_reap(job), 0);
	foreground(sys_getpid());
	assert_string_equal(unit_notes(), note);
}

static void write_in_background(void)
{
	assert_int_equal(u_reap(u_start(write_one)), 0); /* no TOSTOP: it may */
	assert_string_equal(unit_notes(), "w");
	set_local_flags(ABI_ICANON | ABI_ISIG | ABI_TOSTOP);
	stops_and_goes_on_in_foreground(write_one, "w");
	assert_int_equal(u_reap(u_start(ignore_and_write)), 0);
	assert_string_equal(unit_notes(), "i");
	set_local_flags(ABI_ICANON | ABI_ISIG);
	stops_and_goes_on_in_foreground(change_settings, "s"); /* whatever TOSTOP says */
	stops_and_goes_on_in_foreground(take_the_foreground, "f");
}

static void background_writer_and_changer_rules(void)
{
	in_session(write_in_background);
}

static void session_without_terminal(void)
{
	sys_setsid();
	assert_int_equal(call_ioctl(ABI_TIOCGPGRP, 0), -ENOTTY);
	assert_int_equal(call_ioctl(ABI_TIOCGSID, 0), -ENOTTY);
	assert_int_equal(call_ioctl(ABI_TIOCSPGRP, (int)sys_getpid()), -ENOTTY);
	assert_int_equal(call_ioctl(ABI_TIOCSCTTY, 0), -EPERM); /* it is another session's */
	u_sleep(1000);
}

static void ask_for_everything(void)
{
	long self = sys_getpid(), other = u_start(session_without_terminal);

	assert_int_equal(call_ioctl(ABI_TIOCGPGRP, 0), self);
	assert_int_equal(call_ioctl(ABI_TIOCGSID, 0), self);
	assert_int_equal(call_ioctl(ABI_TIOCSCTTY, 0), 0);
	assert_int_equal(call_ioctl(ABI_TIOCSPGRP, -1), -EINVAL);
	assert_int_equal(call_ioctl(ABI_TIOCSPGRP, 0), -EINVAL);
	assert_int_equal(call_ioctl(ABI_TIOCSPGRP, 9999), -EPERM);
	assert_int_equal(call_ioctl(ABI_TIOCSPGRP, (int)other), -EPERM); /* a group, but of another session */
	assert_int_equal(call_ioctl(ABI_TIOCSPGRP, (int)self + 65536), -EPERM);
	assert_int_equal(u_call(43, (uintptr_t)0, (uintptr_t)ABI_TIOCSPGRP, (uintptr_t)8), -EFAULT);
	assert_int_equal(u_call(43, (uintptr_t)0, (uintptr_t)ABI_TIOCGPGRP, (uintptr_t)8), -EFAULT);
	assert_int_equal(call_ioctl(ABI_TIOCGPGRP, 0), self);
	assert_int_equal(u_reap(other), 0);
}

static void requests_are_checked(void)
{
	in_session(ask_for_everything);
}

static void no_ctty(void)
{
	sys_setsid();
	terminal(ABI_O_NOCTTY);
	assert_int_equal(tty_console.session, 0);
	assert_int_equal(call_ioctl(ABI_TIOCSCTTY, 0), 0);
	assert_int_equal(tty_console.session, sys_getpid());
}

static void not_a_leader(void)
{
	terminal(0);
	assert_int_equal(tty_console.session, 0);
	assert_int_equal(call_ioctl(ABI_TIOCSCTTY, 0), -EPERM);
}

static void only_a_leader_takes_the_terminal(void)
{
	assert_int_equal(u_reap(u_start(no_ctty)), 0);
	assert_int_equal(u_reap(u_start(not_a_leader)), 0);
	assert_int_equal(tty_console.session, 0);
}

static void note_hangup(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)sig, (void)info, (void)context;
	unit_note('!');
}

static void leave_jobs(void)
{
	long job = u_start(sleep_in_a_group);

	u_start(sleep_in_a_group);
	foreground(job);
}

static void end_of_the_leader_hangs_up_the_foreground(void)
{
	int *status = u_alloc(sizeof *status);
	long hung_up, other;

	in_session(leave_jobs);
	hung_up = u_wait(-1, status);
	assert_true(hung_up > 0);
	assert_int_equal(*status, ABI_SIGHUP);
	u_sleep(100);
	other = list_entry(process_init->children.next, struct process, sibling)->pid;
	assert_int_equal(process_find((int)other)->state, PROCESS_ALIVE);
	u_kill(other, ABI_SIGKILL);
	assert_int_equal(u_reap(other), ABI_SIGKILL);
}

/* It is in the foreground itself: its own signal must not outlive it (the comparison of memory is the check). */
static void catch_and_leave(void)
{
	u_action(ABI_SIGHUP, (uintptr_t)note_hangup, 0);
}

static void block_and_leave(void)
{
	u_mask(ABI_SIG_BLOCK, ~(abi_sigset)0);
}

static void leader_that_takes_sighup_ends_clean(void)
{
	in_session(catch_and_leave);
	body = block_and_leave;
	assert_int_equal(u_reap(u_start(leader)), 0);
	assert_string_equal(unit_notes(), "");
}

static const struct CMUnitTest tests[] = {
	WORLD(tty_jobs, characters_send_signals_to_the_foreground),
	WORLD(tty_jobs, background_reader_stops_until_it_is_in_the_foreground),
	WORLD(tty_jobs, reader_that_takes_no_sigttin_gets_eio),
	WORLD(tty_jobs, orphaned_group_gets_eio),
	WORLD(tty_jobs, borrower_in_the_background_reads_end_of_file),
	WORLD(tty_jobs, background_writer_and_changer_rules),
	WORLD(tty_jobs, requests_are_checked),
	WORLD(tty_jobs, only_a_leader_takes_the_terminal),
	WORLD(tty_jobs, end_of_the_leader_hangs_up_the_foreground),
	WORLD(tty_jobs, leader_that_takes_sighup_ends_clean),
};
UNIT_MAIN(tty_jobs, tests)
