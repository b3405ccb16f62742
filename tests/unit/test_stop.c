/*
 * Stopping and going on: what wait tells of it, sleeps that are stopped, and stops that wait while memory is borrowed.
 */
#include "jobs.h"

#include <proc/signal.h>

static void stopped_process_does_nothing_until_it_is_continued(void)
{
	long pid = u_start(work);

	u_kill(pid, ABI_SIGTSTP);
	u_sleep(5000);
	assert_string_equal(unit_notes(), "");
	assert_int_equal(state_of(pid), 'T');
	u_kill(pid, ABI_SIGUSR2 + 10); /* waits */
	u_sleep(5000);
	assert_int_equal(state_of(pid), 'T');
	u_kill(pid, ABI_SIGCONT);
	assert_int_equal(u_reap(pid), ABI_SIGUSR2 + 10);
}

static void kill_ends_a_stopped_process(void)
{
	long pid = u_start(work);

	u_kill(pid, ABI_SIGSTOP);
	u_sleep(10);
	assert_int_equal(state_of(pid), 'T');
	expect_end(pid, ABI_SIGKILL);
}

static void wait_tells_of_stopping_and_continuing_once(void)
{
	int *status = u_alloc(sizeof *status), all = ABI_WNOHANG | ABI_WUNTRACED | ABI_WCONTINUED;
	long pid = u_start(work);

	assert_int_equal(call_wait(pid, status, all), 0);
	u_kill(pid, ABI_SIGTTIN);
	u_sleep(10);
	assert_int_equal(call_wait(pid, status, ABI_WNOHANG), 0);
	assert_int_equal(call_wait(pid, status, ABI_WNOHANG | ABI_WCONTINUED), 0);
	assert_int_equal(call_wait(pid, status, all), pid);
	assert_int_equal(*status, ABI_SIGTTIN << 8 | 0x7f);
	assert_int_equal(call_wait(pid, status, all), 0);
	u_kill(pid, ABI_SIGCONT);
	assert_int_equal(call_wait(pid, status, ABI_WNOHANG | ABI_WUNTRACED), 0);
	assert_int_equal(call_wait(-1, status, all), pid);
	assert_int_equal(*status, ABI_W_CONTINUED_STATUS);
	assert_int_equal(call_wait(pid, status, all), 0);
	assert_int_equal(u_kill(pid, ABI_SIGCONT), 0); /* it was not stopped: nothing to tell */
	assert_int_equal(call_wait(pid, status, all), 0);
	expect_end(pid, ABI_SIGTERM);
}

static void wait_sleeps_until_the_child_stops(void)
{
	int *status = u_alloc(sizeof *status);
	long pid = u_start(stop_later);

	assert_int_equal(call_wait(pid, status, ABI_WUNTRACED), pid);
	assert_int_equal(*status, ABI_SIGSTOP << 8 | 0x7f);
	assert_string_equal(unit_notes(), "");
	u_kill(pid, ABI_SIGCONT);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "c");
}

static void stop_myself(void)
{
	sys_setpgid(0, 0);
	signal_send(process_current(), ABI_SIGSTOP);
	signal_send(process_current(), ABI_SIGTSTP);
	u_return();
	u_sleep(100); /* sleeps, though a signal waits */
	assert_true(process_current()->signals.pending.set == (SIGNAL_BIT(ABI_SIGSTOP) | SIGNAL_BIT(ABI_SIGTSTP)));
	unit_note('b');
	u_execve(u_string("/program"), NULL, NULL);
}

static void after_exec(void)
{
	unit_note('x');
}

static void stop_signals_wait_while_borrowing(void)
{
	int *status = u_alloc(sizeof *status);
	uint64_t start = host_time();
	long pid;

	world_program("program", after_exec);
	pid = u_vfork(stop_myself);
	assert_true(host_time() >= start + 100);
	assert_int_equal(call_wait(pid, status, ABI_WUNTRACED), pid);
	assert_int_equal(*status, ABI_SIGSTOP << 8 | 0x7f);
	assert_string_equal(unit_notes(), "b");
	u_kill(pid, ABI_SIGCONT); /* takes the other stop away as well */
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "x");
}

static void suspend_with_a_stop_pending(void)
{
	abi_sigset *mask = u_alloc(sizeof *mask);

	signal_send(process_current(), ABI_SIGSTOP);
	*mask = 0;
	unit_note('s');
	u_call(48, mask);
	unit_note('!');
}

static void lend_to_suspended(void)
{
	u_vfork(suspend_with_a_stop_pending);
}

static void deferred_stop_ends_no_sleep(void)
{
	long pid = u_start(lend_to_suspended);
	struct process *child = process_find((int)pid + 1);

	assert_string_equal(unit_notes(), "s");
	assert_int_equal(child->thread->state, THREAD_SLEEPING);
	assert_int_equal(u_kill(child->pid, ABI_SIGTERM), 0);
	assert_int_equal(u_reap(pid), 0);
	assert_true(u_wait(-1, NULL) == pid + 1);
}

static struct abi_timespec *ticks_span(ticks_t ticks)
{
	struct abi_timespec *span = u_alloc(sizeof *span);

	*span = (struct abi_timespec){0, (long)ticks * (1000000000 / ARCH_TIMER_HZ)};
	return span;
}

static void sleep_while_borrowing(void)
{
	unit_note(u_call(11, ticks_span(100), NULL) == 0 ? 's' : '!');
}

static void lend_to_a_sleeper(void)
{
	u_reap(u_vfork(sleep_while_borrowing));
	unit_note('l');
}

static void stop_sent_to_a_sleeping_borrower_ends_no_sleep(void)
{
	long pid = u_start(lend_to_a_sleeper);
	struct process *child = process_find((int)pid + 1);

	assert_int_equal(child->thread->state, THREAD_SLEEPING);
	assert_int_equal(u_kill(child->pid, ABI_SIGTSTP), 0);
	assert_int_equal(u_kill(child->pid, ABI_SIGSTOP), 0);
	assert_int_equal(child->thread->state, THREAD_SLEEPING);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "sl");
}

static ticks_t slept;

static void nap(void)
{
	ticks_t start = host_time();

	sys_setpgid(0, 0);
	unit_note(u_call(11, ticks_span(1000), NULL) == 0 ? 'n' : '!');
	slept = host_time() - start;
}

static void wait_for_a_signal(void)
{
	abi_sigset *set = u_alloc(sizeof *set);
	ticks_t start = host_time();

	sys_setpgid(0, 0);
	*set = SIGNAL_BIT(ABI_SIGUSR1);
	unit_note(u_call(49, set, NULL, ticks_span(1000)) == -EAGAIN ? 'n' : '!');
	slept = host_time() - start;
}

static void wait_for_a_file(void)
{
	ticks_t start = host_time();

	sys_setpgid(0, 0);
	unit_note(u_call(75, NULL, (uintptr_t)0, (uintptr_t)1) == 0 ? 'n' : '!');
	slept = (host_time() - start) / 10; /* 1 ms */
}

static void sleep_goes_on_after_a_stop_until_its_deadline(void)
{
	static void (*const sleepers[])(void) = {nap, wait_for_a_signal, wait_for_a_file};

	for (int i = 0; i < 3; i++) {
		long pid = u_start(sleepers[i]);

		u_sleep(100);
		u_kill(pid, ABI_SIGSTOP);
		u_sleep(100);
		assert_int_equal(state_of(pid), 'T');
		u_kill(pid, ABI_SIGCONT);
		u_sleep(100);
		assert_int_equal(state_of(pid), 'S');
		assert_int_equal(u_reap(pid), 0);
		assert_string_equal(unit_notes(), "n");
		assert_int_equal(slept, 1000);
	}
}

static void stop_outlasts_the_deadline(void)
{
	long pid = u_start(nap);

	u_kill(pid, ABI_SIGTSTP);
	u_sleep(3000);
	u_kill(pid, ABI_SIGCONT);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "n");
	assert_true(slept >= 3000);
}

static void stop_the_lender(void)
{
	u_sleep(500);
	unit_note('c');
}

static void lend(void)
{
	sys_setpgid(0, 0);
	u_reap(u_vfork(stop_the_lender));
	unit_note('l');
}

static void stopped_lender_stops_when_it_has_its_memory_back(void)
{
	int *status = u_alloc(sizeof *status);
	long pid = u_start(lend);

	u_kill(pid, ABI_SIGSTOP);
	assert_int_equal(state_of(pid), 'D');
	assert_int_equal(call_wait(pid, status, ABI_WUNTRACED), pid);
	assert_string_equal(unit_notes(), "c");
	assert_int_equal(state_of(pid), 'T');
	u_kill(pid, ABI_SIGCONT);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "l");
}

static void cont_takes_stops_away_and_the_other_way_round(void)
{
	struct signals *signals;
	long pid = u_start(work);

	signals = &process_find((int)pid)->signals;
	signals->first.blocked = SIGNAL_BIT(ABI_SIGCONT) | SIGNAL_BIT(ABI_SIGTSTP);
	u_kill(pid, ABI_SIGTSTP);
	assert_true(signals->pending.set == SIGNAL_BIT(ABI_SIGTSTP));
	u_kill(pid, ABI_SIGCONT);
	assert_true(signals->pending.set == SIGNAL_BIT(ABI_SIGCONT));
	u_kill(pid, ABI_SIGTSTP);
	assert_true(signals->pending.set == SIGNAL_BIT(ABI_SIGTSTP));
	expect_end(pid, ABI_SIGKILL);
}

static void ignore_cont(void)
{
	sys_setpgid(0, 0);
	u_action(ABI_SIGCONT, ABI_SIG_IGN, 0);
	u_sleep(1000000);
}

/* From a program and from the kernel. */
static void ignored_cont_continues_all_the_same(void)
{
	for (int kernel = 0; kernel < 2; kernel++) {
		long pid = u_start(ignore_cont);

		u_kill(pid, ABI_SIGSTOP);
		u_sleep(10);
		assert_int_equal(state_of(pid), 'T');
		if (kernel)
			signal_send(process_find((int)pid), ABI_SIGCONT);
		else
			u_kill(pid, ABI_SIGCONT);
		assert_int_equal(process_find((int)pid)->stopped, 0);
		assert_int_equal(u_reap(pid), 0);
	}
}

static const struct CMUnitTest tests[] = {
	WORLD(stop, stopped_process_does_nothing_until_it_is_continued),
	WORLD(stop, kill_ends_a_stopped_process),
	WORLD(stop, wait_tells_of_stopping_and_continuing_once),
	WORLD(stop, wait_sleeps_until_the_child_stops),
	WORLD(stop, stop_signals_wait_while_borrowing),
	WORLD(stop, deferred_stop_ends_no_sleep),
	WORLD(stop, stop_sent_to_a_sleeping_borrower_ends_no_sleep),
	WORLD(stop, sleep_goes_on_after_a_stop_until_its_deadline),
	WORLD(stop, stop_outlasts_the_deadline),
	WORLD(stop, stopped_lender_stops_when_it_has_its_memory_back),
	WORLD(stop, cont_takes_stops_away_and_the_other_way_round),
	WORLD(stop, ignored_cont_continues_all_the_same),
};
UNIT_MAIN(stop, tests)
