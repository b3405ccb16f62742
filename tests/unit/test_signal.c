/*
 * kill, with default and ignored actions.
 */
#include "world.h"

#include <kernel/trap.h>
#include <proc/signal.h>
#include <string.h>

static long call_signal(int sig, long action)
{
	return u_action(sig, (uintptr_t)action, 0);
}

static void sleep_long(void)
{
	u_sleep(10000);
	unit_note('s');
}

/* A child asleep in a space of its own. */
static long sleeper(void)
{
	static bool made;

	if (!made)
		world_program("sleeper", sleep_long);
	made = true;
	return u_spawn("/sleeper");
}

static const int harmless[] = {ABI_SIGCHLD, ABI_SIGURG, ABI_SIGWINCH, ABI_SIGCONT, 0};
static const int stopping[] = {ABI_SIGSTOP, ABI_SIGTSTP, ABI_SIGTTIN, ABI_SIGTTOU, 0};

static bool is_one_of(const int *sigs, int sig)
{
	while (*sigs && *sigs != sig)
		sigs++;
	return *sigs;
}

static void sleep_in_a_group(void)
{
	assert_int_equal(sys_setpgid(0, 0), 0);
	sleep_long();
}

static void expect_stop(long pid, int sig)
{
	int *status = u_alloc(sizeof *status);

	assert_int_equal(u_call(3, pid, status, (uintptr_t)ABI_WUNTRACED, NULL), pid);
	assert_int_equal(*status, sig << 8 | 0x7f);
	assert_int_equal(process_state_letter(process_find((int)pid)), 'T');
	assert_string_equal(unit_notes(), "");
	assert_int_equal(u_kill(pid, ABI_SIGCONT), 0);
}

static void default_action_of_every_signal(void)
{
	world_program("grouped", sleep_in_a_group);
	for (int sig = 1; sig < ABI_NSIG; sig++) {
		long pid = u_spawn("/grouped");

		u_sleep(1);
		assert_int_equal(u_kill(pid, sig), 0);
		if (is_one_of(stopping, sig))
			expect_stop(pid, sig);
		if (is_one_of(harmless, sig) || is_one_of(stopping, sig)) {
			assert_int_equal(u_reap(pid), 0);
			assert_string_equal(unit_notes(), "s");
		} else {
			assert_int_equal(u_reap(pid), sig);
			assert_string_equal(unit_notes(), "");
		}
	}
}

static void arguments_are_checked(void)
{
	long pid = sleeper();

	assert_int_equal(u_kill(pid, -1), -EINVAL);
	assert_int_equal(u_kill(pid, ABI_NSIG), -EINVAL);
	assert_int_equal(u_kill(pid + 1, ABI_SIGTERM), -ESRCH);
	assert_int_equal(u_kill(pid + 1, 0), -ESRCH);
	assert_int_equal(u_kill(-pid, ABI_SIGTERM), -ESRCH);
	assert_int_equal(u_kill(pid, 0), 0);
	assert_int_equal(u_reap(pid), 0);
}

static void zombie_can_be_signalled_in_vain(void)
{
	long pid = sleeper();

	u_kill(pid, ABI_SIGTERM);
	u_sleep(1);
	assert_int_equal(process_find((int)pid)->state, PROCESS_ZOMBIE);
	assert_int_equal(u_kill(pid, ABI_SIGKILL), 0);
	assert_int_equal(u_reap(pid), ABI_SIGTERM);
	assert_int_equal(u_kill(pid, 0), -ESRCH);
}

static void init_is_out_of_reach(void)
{
	for (int sig = 1; sig < ABI_NSIG; sig++)
		assert_int_equal(u_kill(1, sig), 0);
	assert_int_equal(process_init->signals.pending.set, 0);
}

static void kill_everybody(void)
{
	assert_int_equal(u_kill(-1, 0), 0);
	assert_int_equal(u_kill(-1, ABI_SIGTERM), 0);
	unit_note('k');
}

static void kill_all_spares_init_and_the_caller(void)
{
	long first = sleeper(), second = sleeper(), killer;

	assert_int_equal(u_kill(-1, 0), 0);
	world_program("killer", kill_everybody);
	killer = u_spawn("/killer");
	assert_int_equal(u_reap(killer), 0);
	assert_int_equal(u_reap(first), ABI_SIGTERM);
	assert_int_equal(u_reap(second), ABI_SIGTERM);
	assert_string_equal(unit_notes(), "k");
	assert_int_equal(u_kill(-1, ABI_SIGTERM), -ESRCH);
}

static void kill_myself(void)
{
	u_kill(sys_getpid(), ABI_SIGUSR1);
	unit_note('!');
}

static void own_signal_ends_the_call_that_sent_it(void)
{
	assert_int_equal(u_reap(u_vfork(kill_myself)), ABI_SIGUSR1);
	assert_string_equal(unit_notes(), "");
}

static void several(void)
{
	struct process *self = process_current();

	signal_send(self, ABI_SIGUSR1);
	signal_send(self, ABI_SIGHUP);
	signal_send(self, ABI_SIGKILL);
	assert_int_equal(thread_current()->interrupted, SLEEP_KILLABLE);
	assert_true(thread_current()->work & THREAD_WORK_SIGNAL);
	u_return();
}

static void kill_comes_before_other_signals(void)
{
	assert_int_equal(u_reap(u_vfork(several)), ABI_SIGKILL);
}

static void ignore_term(void)
{
	assert_int_equal(call_signal(ABI_SIGTERM, ABI_SIG_IGN), ABI_SIG_DFL);
	assert_int_equal(call_signal(ABI_SIGTERM, ABI_SIG_IGN), ABI_SIG_IGN);
	u_kill(sys_getpid(), ABI_SIGTERM);
	unit_note('i');
	assert_int_equal(call_signal(ABI_SIGTERM, ABI_SIG_DFL), ABI_SIG_IGN);
	u_kill(sys_getpid(), ABI_SIGTERM);
	unit_note('!');
}

static void ignored_signal_has_no_effect(void)
{
	assert_int_equal(u_reap(u_vfork(ignore_term)), ABI_SIGTERM);
	assert_string_equal(unit_notes(), "i");
}

static void some_actions_cannot_be_set(void)
{
	assert_int_equal(call_signal(0, ABI_SIG_IGN), -EINVAL);
	assert_int_equal(call_signal(-1, ABI_SIG_IGN), -EINVAL);
	assert_int_equal(call_signal(ABI_NSIG, ABI_SIG_IGN), -EINVAL);
	assert_int_equal(call_signal(ABI_SIGKILL, ABI_SIG_IGN), -EINVAL);
	assert_int_equal(call_signal(ABI_SIGSTOP, ABI_SIG_IGN), -EINVAL);
	assert_int_equal(call_signal(ABI_SIGKILL, 0x1000), -EINVAL);
	assert_int_equal(call_signal(ABI_SIGSTOP, ABI_SIG_DFL), -EINVAL);
	assert_int_equal(u_call(14, (uintptr_t)ABI_SIGKILL, NULL, NULL), 0);
	assert_int_equal(process_current()->signals.ignored, 0);
	assert_int_equal(process_current()->signals.caught, 0);
	assert_null(process_current()->signals.acts);
}

static void ignore_and_fault(void)
{
	call_signal(ABI_SIGSEGV, ABI_SIG_IGN);
	trap_fault(ABI_SIGSEGV, thread_current()->frame, 5, 0x1234);
	unit_note('!');
}

static void fault_kills_even_when_ignored(void)
{
	assert_int_equal(u_reap(u_vfork(ignore_and_fault)), ABI_SIGSEGV);
	assert_string_equal(unit_notes(), "");
}

static void crash_in_text(void)
{
	struct trapframe *frame = thread_current()->frame;

	frame->pc = process_current()->space->text + 0x1c;
	signal_fault(ABI_SIGBUS, frame, 6, 0xabcdef01);
}

static void expect_on_console(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void expect_on_console(const char *format, ...)
{
	char text[128];
	va_list args;

	va_start(args, format);
	assert_true(kvformat(text, sizeof text, format, args) < sizeof text);
	va_end(args);
	if (!strstr(host_console(), text))
		fail_msg("'%s' is not in:\n%s", text, host_console());
}

static void crash_report_tells_where(void)
{
	long pid;

	world_program("a-program-of-15", crash_in_text);
	pid = u_spawn("/a-program-of-15");
	assert_int_equal(u_reap(pid), ABI_SIGBUS);
	expect_on_console("a-program-of-15[%ld]: signal %d: ", pid, ABI_SIGBUS);
	expect_on_console("store address misaligned fault at address 0xabcdef01\r\n");
	expect_on_console("= text + 0x1c\r\n");
	expect_on_console("(gdb) add-symbol-file a-program-of-15.elf -s .text 0x");
	expect_on_console(" heap 0x");
}

static void crash_outside_as_borrower(void)
{
	strcpy(process_current()->name, "a-program-of-15");
	signal_fault(ABI_SIGSEGV, thread_current()->frame, 0, (uintptr_t)-8);
}

/* The longest lines of the report, which the log's line buffer must not cut. */
static void crash_report_is_not_cut(void)
{
	u_wait((int)u_vfork(crash_outside_as_borrower), NULL);
	expect_on_console("instruction address misaligned fault at address 0xfffffffffffffff8");
	expect_on_console("borrowing its parent's memory\r\n");
	expect_on_console(", outside of text\r\n");
	expect_on_console("-%p\r\n", (void *)process_current()->space->brk);
	expect_on_console(" -s .data %p\r\n", (void *)process_current()->space->data);
}

static void exit_in_a_sleep(void)
{
	call_signal(ABI_SIGUSR2, ABI_SIG_IGN);
	u_sleep(10000);
	unit_note('s');
}

static void ignored_signal_does_not_interrupt_a_sleep(void)
{
	long pid;

	world_program("program", exit_in_a_sleep);
	pid = u_spawn("/program");
	u_sleep(10);
	u_kill(pid, ABI_SIGUSR2);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "s");
	assert_true(host_time() >= 10000);
}

static const struct CMUnitTest tests[] = {
	WORLD(signal, default_action_of_every_signal),
	WORLD(signal, arguments_are_checked),
	WORLD(signal, zombie_can_be_signalled_in_vain),
	WORLD(signal, init_is_out_of_reach),
	WORLD(signal, kill_all_spares_init_and_the_caller),
	WORLD(signal, own_signal_ends_the_call_that_sent_it),
	WORLD(signal, kill_comes_before_other_signals),
	WORLD(signal, ignored_signal_has_no_effect),
	WORLD(signal, some_actions_cannot_be_set),
	WORLD(signal, fault_kills_even_when_ignored),
	WORLD(signal, crash_report_tells_where),
	WORLD(signal, crash_report_is_not_cut),
	WORLD(signal, ignored_signal_does_not_interrupt_a_sleep),
};
UNIT_MAIN(signal, tests)
