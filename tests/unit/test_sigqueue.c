/*
 * Signals that wait: order and loss, what blocked and ignored ones do, taking them with sigtimedwait and sigsuspend.
 */
#include "world.h"

#include <proc/signal.h>
#include <string.h>

static long call_queue(long pid, int sig, uintptr_t value)
{
	return u_call(50, (uintptr_t)pid, (uintptr_t)sig, value);
}

static abi_sigset pending(void)
{
	abi_sigset *set = u_alloc(sizeof *set);

	assert_int_equal(u_call(47, set), 0);
	return *set;
}

/* The span is in ticks of the clock; negative: no timeout at all. */
static long call_timedwait(abi_sigset wanted, struct abi_siginfo *info, int64_t ticks)
{
	abi_sigset *set = u_alloc(sizeof *set);
	struct abi_timespec *span = u_alloc(sizeof *span);

	*set = wanted;
	span->tv_sec = ticks / ARCH_TIMER_HZ;
	span->tv_nsec = (long)(ticks % ARCH_TIMER_HZ) * (1000000000 / ARCH_TIMER_HZ);
	return u_call(49, set, info, ticks < 0 ? NULL : span);
}

static struct abi_siginfo *take(abi_sigset wanted, int sig)
{
	struct abi_siginfo *info = u_alloc(sizeof *info);

	assert_int_equal(call_timedwait(wanted, info, 0), sig);
	assert_int_equal(info->si_signo, sig);
	return info;
}

#define ALL (~(abi_sigset)0)
#define RT(n) (ABI_SIGRTMIN + (n))

static void queue_seven(void)
{
	long self = sys_getpid();

	u_mask(ABI_SIG_SETMASK, ALL);
	assert_int_equal(call_queue(self, RT(5), 1), 0);
	assert_int_equal(call_queue(self, RT(2), 2), 0);
	assert_int_equal(call_queue(self, RT(5), 3), 0);
	assert_int_equal(call_queue(self, ABI_SIGRTMAX, 4), 0);
	assert_int_equal(call_queue(self, RT(2), 5), 0);
	assert_int_equal(u_kill(self, RT(2)), 0);
	assert_int_equal(call_queue(self, ABI_SIGUSR1, 6), 0);
	assert_true(pending() == (SIGNAL_BIT(RT(5)) | SIGNAL_BIT(RT(2)) | SIGNAL_BIT(63) | SIGNAL_BIT(ABI_SIGUSR1)));
	assert_int_equal(take(ALL, ABI_SIGUSR1)->si_value, 6);
	assert_int_equal(take(ALL, RT(2))->si_value, 2);
	assert_int_equal(take(ALL, RT(2))->si_value, 5);
	assert_int_equal(take(ALL, RT(2))->si_code, ABI_SI_USER);
	assert_int_equal(take(ALL, RT(5))->si_value, 1);
	assert_true(pending() & SIGNAL_BIT(RT(5)));
	assert_int_equal(take(ALL, RT(5))->si_value, 3);
	assert_false(pending() & SIGNAL_BIT(RT(5)));
	assert_int_equal(take(ALL, 63)->si_value, 4);
	assert_true(pending() == 0);
	assert_null(process_current()->signals.pending.queue);
}

static void real_time_signals_queue_in_order_lowest_first(void)
{
	u_lend(queue_seven);
}

static void send_thrice(void)
{
	long self = sys_getpid();
	const struct abi_siginfo *info;

	u_mask(ABI_SIG_SETMASK, ALL);
	call_queue(self, ABI_SIGUSR1, 1);
	call_queue(self, ABI_SIGUSR1, 2);
	u_kill(self, ABI_SIGUSR1);
	info = take(ALL, ABI_SIGUSR1);
	assert_int_equal(info->si_value, 1);
	assert_int_equal(info->si_code, ABI_SI_QUEUE);
	assert_int_equal(info->si_pid, self);
	assert_int_equal(call_timedwait(ALL, NULL, 0), -EAGAIN);
}

static void other_signals_are_kept_once(void)
{
	u_lend(send_thrice);
}

/* Without memory: a real-time signal is refused and not pending; another one loses its info only. */
static void send_without_memory(void)
{
	long self = sys_getpid();
	const struct abi_siginfo *info;
	long result;

	u_mask(ABI_SIG_SETMASK, ALL);
	mem_fail_nth(1);
	result = call_queue(self, RT(1), 7);
	mem_fail_nth(0);
	assert_int_equal(result, -EAGAIN);
	assert_true(pending() == 0);
	mem_fail_nth(1);
	result = call_queue(self, ABI_SIGUSR2, 7);
	mem_fail_nth(0);
	assert_int_equal(result, 0);
	info = take(ALL, ABI_SIGUSR2);
	assert_int_equal(info->si_value, 0);
	assert_int_equal(info->si_code, ABI_SI_USER);
}

static void loss_without_memory(void)
{
	u_lend(send_without_memory);
}

static void arguments_of_sigqueue_are_checked(void)
{
	assert_int_equal(call_queue(1, -1, 0), -EINVAL);
	assert_int_equal(call_queue(1, ABI_NSIG, 0), -EINVAL);
	assert_int_equal(call_queue(77, ABI_SIGTERM, 0), -ESRCH);
	assert_int_equal(call_queue(0, ABI_SIGTERM, 0), -ESRCH);
	assert_int_equal(call_queue(-1, ABI_SIGTERM, 0), -ESRCH);
	assert_int_equal(call_queue(1, 0, 0), 0);
}

static void nothing(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)sig, (void)info, (void)context;
}

enum { DEFAULT, IGNORED, CAUGHT };

/* `quiet` says of each of the first 32 whether sending does nothing: that is so when it is not blocked, and ignored, or
 * harmless and not caught. And so it must be with the sending itself. SIGCONT is never quiet: it continues. */
static void matrix_of(int sig)
{
	static const uintptr_t handlers[] = {ABI_SIG_DFL, ABI_SIG_IGN, (uintptr_t)nothing};
	bool harmless = sig == ABI_SIGCHLD || sig == ABI_SIGURG || sig == ABI_SIGWINCH;
	struct signals *signals = &process_current()->signals;

	for (int action = DEFAULT; action <= CAUGHT; action++)
		for (int blocked = 1; blocked >= 0; blocked--) {
			bool lost = !blocked && (action == IGNORED || (action == DEFAULT && harmless));

			u_mask(ABI_SIG_SETMASK, ALL);
			assert_true(u_action(sig, handlers[action], 0) >= 0);
			if (!blocked)
				u_mask(ABI_SIG_UNBLOCK, SIGNAL_BIT(sig));
			assert_int_equal(signals->caught >> sig & 1, action == CAUGHT);
			assert_int_equal(signals->ignored >> sig & 1, action == IGNORED);
			if (sig < 32)
				assert_int_equal(signals->quiet >> sig & 1, lost && sig != ABI_SIGCONT);
			signal_send(process_current(), sig);
			if ((signals->pending.set >> sig & 1) == lost)
				fail_msg("signal %d, action %d, blocked %d", sig, action, blocked);
			signals->first.blocked = ALL; /* nothing shall arrive */
			if (!lost)
				assert_int_equal(call_timedwait(SIGNAL_BIT(sig), NULL, 0), sig);
		}
}

static void matrix(void)
{
	for (int sig = 1; sig < ABI_NSIG; sig++)
		if (sig != ABI_SIGKILL && sig != ABI_SIGSTOP)
			matrix_of(sig);
	assert_true(pending() == 0);
}

static void blocked_ignored_and_caught_decide_what_is_pending(void)
{
	u_lend(matrix);
}

static void ignore_pending(void)
{
	u_mask(ABI_SIG_SETMASK, ALL);
	call_queue(sys_getpid(), RT(1), 1);
	call_queue(sys_getpid(), RT(1), 2);
	call_queue(sys_getpid(), RT(2), 3);
	u_action(RT(1), ABI_SIG_IGN, 0);
	assert_true(pending() == SIGNAL_BIT(RT(2)));
	u_kill(sys_getpid(), ABI_SIGCHLD);
	assert_true(pending() & SIGNAL_BIT(ABI_SIGCHLD));
	u_action(ABI_SIGCHLD, ABI_SIG_DFL, 0); /* the default is to do nothing: the same (POSIX 2.4.3) */
	assert_true(pending() == SIGNAL_BIT(RT(2)));
	take(ALL, RT(2));
	assert_null(process_current()->signals.pending.queue);
}

static void ignoring_discards_what_is_pending(void)
{
	u_lend(ignore_pending);
}

static void block_all(void)
{
	u_mask(ABI_SIG_SETMASK, ALL);
	assert_true(u_mask(ABI_SIG_BLOCK, 0) == (ALL & ~(SIGNAL_BIT(ABI_SIGKILL) | SIGNAL_BIT(ABI_SIGSTOP))));
	u_kill(sys_getpid(), ABI_SIGTERM);
	unit_note('b');
	u_kill(sys_getpid(), ABI_SIGKILL);
	unit_note('!');
}

static void kill_cannot_be_blocked(void)
{
	assert_int_equal(u_reap(u_vfork(block_all)), ABI_SIGKILL);
	assert_string_equal(unit_notes(), "b");
}

static void unblock_term(void)
{
	u_mask(ABI_SIG_BLOCK, SIGNAL_BIT(ABI_SIGTERM));
	u_kill(sys_getpid(), ABI_SIGTERM);
	u_sleep(100); /* goes through */
	unit_note('b');
	u_mask(ABI_SIG_UNBLOCK, SIGNAL_BIT(ABI_SIGTERM));
	unit_note('!');
}

static void unblocking_delivers(void)
{
	assert_int_equal(u_reap(u_vfork(unblock_term)), ABI_SIGTERM);
	assert_string_equal(unit_notes(), "b");
	assert_true(host_time() >= 100);
}

static void mask_arguments_are_checked(void)
{
	abi_sigset *set = u_alloc(2 * sizeof *set);

	set[0] = SIGNAL_BIT(ABI_SIGTERM);
	set[1] = 77;
	assert_int_equal(u_call(46, (uintptr_t)3, set, set + 1), -EINVAL);
	assert_int_equal(set[1], 77);
	assert_int_equal(u_call(46, (uintptr_t)3, NULL, set + 1), 0);
	assert_int_equal(set[1], 0);
	assert_true(process_current()->signals.first.blocked == 0);
}

static void wait_in_vain(void)
{
	uint64_t start = host_time();
	abi_sigset *set = u_alloc(sizeof *set);
	struct abi_timespec *span = u_alloc(sizeof *span);

	assert_int_equal(call_timedwait(SIGNAL_BIT(RT(0)), NULL, ARCH_TIMER_HZ + 5000), -EAGAIN);
	assert_int_equal(host_time() - start, ARCH_TIMER_HZ + 5000);
	*set = SIGNAL_BIT(RT(0));
	*span = (struct abi_timespec){0, 1000000000};
	assert_int_equal(u_call(49, set, NULL, span), -EINVAL);
	*span = (struct abi_timespec){0, -1};
	assert_int_equal(u_call(49, set, NULL, span), -EINVAL);
	*span = (struct abi_timespec){-1, 0};
	assert_int_equal(u_call(49, set, NULL, span), -EINVAL);
}

static void sigtimedwait_times_out(void)
{
	u_lend(wait_in_vain);
}

static void wait_for_it(void)
{
	struct abi_siginfo *info = u_alloc(sizeof *info);

	u_mask(ABI_SIG_SETMASK, ALL);
	unit_note('w');
	assert_int_equal(call_timedwait(SIGNAL_BIT(RT(3)) | SIGNAL_BIT(ABI_SIGTERM), info, -1), RT(3));
	assert_int_equal(info->si_value, 42);
	assert_int_equal(info->si_pid, 1);
	unit_note('t');
}

static void sigtimedwait_sleeps_until_one_comes(void)
{
	long pid;

	world_program("waiter", wait_for_it);
	pid = u_spawn("/waiter");
	u_sleep(10);
	u_kill(pid, ABI_SIGUSR1); /* blocked, and not waited for */
	u_sleep(10);
	assert_string_equal(unit_notes(), "w");
	call_queue(pid, RT(3), 42);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "t");
}

static void note_handler(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	(void)info;
	unit_note(sig == ABI_SIGUSR1 ? '1' : '2');
	unit_note(context->uc_sigmask >> sig & 1 ? 'B' : 'u');
}

static void wait_interrupted(void)
{
	u_action(ABI_SIGUSR1, (uintptr_t)note_handler, ABI_SA_RESTART);
	assert_int_equal(call_timedwait(SIGNAL_BIT(RT(3)), NULL, -1), -EINTR);
}

static void a_handler_ends_sigtimedwait_whatever_it_asks_for(void)
{
	long pid;

	world_program("waiter", wait_interrupted);
	pid = u_spawn("/waiter");
	u_sleep(10);
	u_kill(pid, ABI_SIGUSR1);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "1u");
}

/* USR1 is blocked outside and let in by sigsuspend; USR2 the other way round: it arrives once the mask is back. */
static void suspend(void)
{
	abi_sigset *mask = u_alloc(sizeof *mask), usual = SIGNAL_BIT(ABI_SIGUSR1) | SIGNAL_BIT(ABI_SIGHUP);

	u_action(ABI_SIGUSR1, (uintptr_t)note_handler, ABI_SA_RESTART);
	u_action(ABI_SIGUSR2, (uintptr_t)note_handler, 0);
	u_mask(ABI_SIG_SETMASK, usual);
	*mask = SIGNAL_BIT(ABI_SIGUSR2);
	unit_note('s');
	assert_int_equal(u_call(48, mask), -EINTR);
	unit_note('e');
	assert_true(process_current()->signals.first.blocked == usual);
	assert_int_equal(process_current()->signals.first.suspended, 0);
}

static void sigsuspend_puts_the_mask_back(void)
{
	long pid;

	world_program("program", suspend);
	pid = u_spawn("/program");
	u_sleep(10);
	u_kill(pid, ABI_SIGUSR2);
	u_sleep(10);
	assert_string_equal(unit_notes(), "s");
	u_kill(pid, ABI_SIGCONT); /* the default: goes on waiting */
	u_sleep(10);
	assert_string_equal(unit_notes(), "");
	u_kill(pid, ABI_SIGUSR1);
	assert_int_equal(u_reap(pid), 0);
	assert_string_equal(unit_notes(), "1B2ue");
}

static void suspend_with_one_pending(void)
{
	abi_sigset *mask = u_alloc(sizeof *mask);

	u_action(ABI_SIGUSR1, (uintptr_t)note_handler, 0);
	u_mask(ABI_SIG_SETMASK, SIGNAL_BIT(ABI_SIGUSR1));
	u_kill(sys_getpid(), ABI_SIGUSR1);
	assert_string_equal(unit_notes(), "");
	assert_int_equal(u_call(48, mask), -EINTR);
	assert_string_equal(unit_notes(), "1B");
}

static void sigsuspend_takes_one_that_waits_already(void)
{
	u_lend(suspend_with_one_pending);
}

static void only_pending(void)
{
	assert_true(process_current()->signals.pending.set == 0);
	assert_null(process_current()->signals.pending.queue);
	assert_true(process_current()->signals.first.blocked == SIGNAL_BIT(RT(4)));
}

static void pending_is_not_inherited(void)
{
	u_mask(ABI_SIG_SETMASK, SIGNAL_BIT(RT(4)));
	signals_refresh(process_current());
	u_lend(only_pending);
}

static void leave_with_a_full_queue(void)
{
	u_mask(ABI_SIG_SETMASK, ALL);
	for (int i = 0; i < 20; i++)
		call_queue(sys_getpid(), RT(i % 3), (uintptr_t)i);
}

/* The comparison of memory after the test is the check. */
static void a_full_queue_is_given_back_at_the_end(void)
{
	u_lend(leave_with_a_full_queue);
}

static const struct CMUnitTest tests[] = {
	WORLD(sigqueue, real_time_signals_queue_in_order_lowest_first),
	WORLD(sigqueue, other_signals_are_kept_once),
	WORLD(sigqueue, loss_without_memory),
	WORLD(sigqueue, arguments_of_sigqueue_are_checked),
	WORLD(sigqueue, blocked_ignored_and_caught_decide_what_is_pending),
	WORLD(sigqueue, ignoring_discards_what_is_pending),
	WORLD(sigqueue, kill_cannot_be_blocked),
	WORLD(sigqueue, unblocking_delivers),
	WORLD(sigqueue, mask_arguments_are_checked),
	WORLD(sigqueue, sigtimedwait_times_out),
	WORLD(sigqueue, sigtimedwait_sleeps_until_one_comes),
	WORLD(sigqueue, a_handler_ends_sigtimedwait_whatever_it_asks_for),
	WORLD(sigqueue, sigsuspend_puts_the_mask_back),
	WORLD(sigqueue, sigsuspend_takes_one_that_waits_already),
	WORLD(sigqueue, pending_is_not_inherited),
	WORLD(sigqueue, a_full_queue_is_given_back_at_the_end),
};
UNIT_MAIN(sigqueue, tests)
