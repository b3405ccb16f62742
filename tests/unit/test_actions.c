/*
 * Actions of signals across vfork and exec, and how the table of them grows and shrinks.
 */
#include "handling.h"

#include <proc/signal.h>

static void change_actions(void)
{
	struct signals *own = &process_current()->signals, *parents = &process_current()->parent->signals;

	assert_ptr_equal(own->acts, parents->acts);
	assert_int_equal(own->acts->refs, 2);
	assert_int_equal(u_action(ABI_SIGUSR1, ABI_SIG_IGN, 0), (long)look); /* forgetting needs no copy */
	assert_ptr_equal(own->acts, parents->acts);
	act_with_mask(ABI_SIGUSR2, note_number, 0, 0);
	assert_ptr_not_equal(own->acts, parents->acts);
	assert_int_equal(own->acts->refs, 1);
	assert_int_equal(parents->acts->refs, 1);
	act_with_mask(ABI_SIGHUP, note_number, 0, 0);
	raise_signal(ABI_SIGUSR1);
	assert_int_equal(seen.count, 0);
}

static void lend_with_actions(void)
{
	struct signals *signals = &process_current()->signals;

	act_with_mask(ABI_SIGUSR1, look, 0, 0);
	act_with_mask(ABI_SIGUSR2, look, ABI_SA_RESTART, SIGNAL_BIT(40));
	u_lend(change_actions);
	assert_true(signals->caught == (SIGNAL_BIT(ABI_SIGUSR1) | SIGNAL_BIT(ABI_SIGUSR2)));
	assert_true(signals->ignored == 0);
	assert_int_equal(signals->acts->count, 2);
	assert_int_equal(signals->acts->refs, 1);
	raise_signal(ABI_SIGUSR1);
	raise_signal(ABI_SIGUSR2);
	assert_int_equal(seen.count, 2);
}

static void actions_are_not_shared_after_vfork(void)
{
	u_lend(lend_with_actions);
	assert_string_equal(unit_notes(), "");
}

/* The child forgot an action that its parent's table still holds, and takes it up again. */
static void forget_and_catch_again(void)
{
	u_action(ABI_SIGUSR1, ABI_SIG_DFL, 0);
	act_with_mask(ABI_SIGUSR1, note_number, 0, 0);
	assert_int_equal(process_current()->signals.acts->count, 1);
	assert_int_equal(u_action(ABI_SIGUSR1, ABI_SIG_DFL, 0), (long)note_number);
	assert_int_equal(process_current()->signals.acts->count, 0);
}

static void forget_in_the_child(void)
{
	act_with_mask(ABI_SIGUSR1, look, 0, 0);
	u_lend(forget_and_catch_again);
	assert_int_equal(u_action(ABI_SIGUSR1, ABI_SIG_DFL, 0), (long)look);
}

static void forgotten_action_can_be_caught_again(void)
{
	u_lend(forget_in_the_child);
}

static void catch_everything(void)
{
	for (int round = 0; round < 3; round++) {
		for (int sig = 1; sig < ABI_NSIG; sig++)
			if (sig != ABI_SIGKILL && sig != ABI_SIGSTOP)
				act_with_mask(sig, sig % 2 ? look : note_number, (uint32_t)round & ABI_SA_SIGINFO,
					SIGNAL_BIT(sig));
		assert_int_equal(process_current()->signals.acts->count, ABI_NSIG - 3);
		for (int sig = ABI_NSIG - 1; sig > 0; sig--)
			if (sig != ABI_SIGKILL && sig != ABI_SIGSTOP)
				assert_int_equal(u_action(sig, sig % 3 ? ABI_SIG_DFL : ABI_SIG_IGN, 0),
					(long)(sig % 2 ? look : note_number));
		assert_int_equal(process_current()->signals.acts->count, 0);
	}
}

static void every_signal_can_be_caught_and_forgotten(void)
{
	u_lend(catch_everything);
}

static void after_exec(void)
{
	struct signals *signals = &process_current()->signals;

	assert_true(signals->caught == 0);
	assert_true(signals->ignored == (SIGNAL_BIT(ABI_SIGHUP) | SIGNAL_BIT(45)));
	assert_true(signals->first.blocked == (SIGNAL_BIT(ABI_SIGTERM) | SIGNAL_BIT(50)));
	assert_true(signals->pending.set == SIGNAL_BIT(50));
	assert_int_equal(signals->child_flags, 0);
	assert_null(signals->acts);
	assert_null(signals->first.stack);
	assert_true(signals->quiet >> ABI_SIGCHLD & 1);
	assert_non_null(signals->pending.queue);
	unit_note('x');
}

static void before_exec(void)
{
	struct abi_stack *stack = u_alloc(sizeof *stack);

	act_with_mask(ABI_SIGUSR1, look, 0, 0);
	act_with_mask(ABI_SIGCHLD, look, ABI_SA_NOCLDSTOP | ABI_SA_NOCLDWAIT, 0);
	u_action(ABI_SIGHUP, ABI_SIG_IGN, 0);
	u_action(45, ABI_SIG_IGN, 0);
	u_mask(ABI_SIG_SETMASK, SIGNAL_BIT(ABI_SIGTERM) | SIGNAL_BIT(50));
	raise_signal(50);
	*stack = (struct abi_stack){(uintptr_t)u_alloc(1024), 0, 1024};
	assert_int_equal(u_call(52, stack, NULL), 0);
	u_execve(u_string("/program"), NULL, NULL);
	unit_note('!');
}

static void exec_resets_caught_and_keeps_ignored_and_mask(void)
{
	world_program("program", after_exec);
	u_lend(before_exec);
	assert_string_equal(unit_notes(), "x");
	assert_true(process_current()->signals.caught == 0);
}

static void fail_to_exec(void)
{
	act_with_mask(ABI_SIGUSR1, look, 0, 0);
	assert_int_equal(u_execve(u_string("/nothing"), NULL, NULL), -ENOENT);
	raise_signal(ABI_SIGUSR1);
	assert_int_equal(seen.count, 1);
}

static void failed_exec_keeps_handlers(void)
{
	u_lend(fail_to_exec);
}

static const struct CMUnitTest tests[] = {
	WORLD(actions, actions_are_not_shared_after_vfork),
	WORLD(actions, forgotten_action_can_be_caught_again),
	WORLD(actions, every_signal_can_be_caught_and_forgotten),
	WORLD(actions, exec_resets_caught_and_keeps_ignored_and_mask),
	WORLD(actions, failed_exec_keeps_handlers),
};
UNIT_MAIN(actions, tests)
