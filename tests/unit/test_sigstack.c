/*
 * The alternate stack of handlers; and each allocation that signals need, failing once.
 */
#include "handling.h"

#include <proc/signal.h>
#include <string.h>

#define STACK_SIZE 2048

static struct abi_stack *stack_set(void)
{
	struct abi_stack *stack = u_alloc(2 * sizeof *stack);

	*stack = (struct abi_stack){(uintptr_t)u_alloc(STACK_SIZE), 0, STACK_SIZE};
	assert_int_equal(u_call(52, stack, stack + 1), 0);
	return stack;
}

static struct abi_stack *stack;

static void on_the_stack(int sig, struct abi_siginfo *info, struct abi_ucontext *context)
{
	uintptr_t sp = thread_current()->frame->sp;

	(void)info;
	assert_in_range(sp, stack->ss_sp, stack->ss_sp + STACK_SIZE - sizeof *info - sizeof *context);
	assert_int_equal(context->uc_stack.ss_sp, stack->ss_sp);
	assert_int_equal(u_call(52, NULL, stack + 1), 0);
	assert_int_equal(stack[1].ss_flags, ABI_SS_ONSTACK);
	assert_int_equal(u_call(52, stack, NULL), -EPERM);
	unit_note('s');
	if (sig == ABI_SIGUSR1) {
		raise_signal(ABI_SIGUSR2); /* goes on below */
		unit_note('S');
	}
}

static void use_the_stack(void)
{
	stack = stack_set();
	assert_int_equal(stack[1].ss_flags, ABI_SS_DISABLE);
	act_with_mask(ABI_SIGUSR1, on_the_stack, ABI_SA_ONSTACK, 0);
	act_with_mask(ABI_SIGUSR2, on_the_stack, ABI_SA_ONSTACK, 0);
	act_with_mask(ABI_SIGHUP, look, 0, 0);
	thread_current()->frame->sp = process_current()->space->base; /* the ordinary one is full */
	raise_signal(ABI_SIGUSR1);
	assert_string_equal(unit_notes(), "ssS");
	assert_int_equal(u_call(52, NULL, stack + 1), 0);
	assert_int_equal(stack[1].ss_flags, 0);
	assert_int_equal(stack[1].ss_size, STACK_SIZE);
}

static void handlers_run_on_the_alternate_stack(void)
{
	u_lend(use_the_stack);
}

static void check_the_stack(void)
{
	struct abi_stack *wanted = stack_set();

	wanted->ss_size = ABI_MINSIGSTKSZ - 1;
	assert_int_equal(u_call(52, wanted, NULL), -ENOMEM);
	wanted->ss_flags = ABI_SS_ONSTACK;
	assert_int_equal(u_call(52, wanted, NULL), -EINVAL);
	assert_int_equal(process_current()->signals.first.stack->ss_size, STACK_SIZE);
	wanted->ss_flags = ABI_SS_DISABLE;
	assert_int_equal(u_call(52, wanted, wanted + 1), 0);
	assert_int_equal(wanted[1].ss_size, STACK_SIZE);
	assert_null(process_current()->signals.first.stack);
}

static void alternate_stack_is_checked(void)
{
	u_lend(check_the_stack);
}

static bool inherits;

static void child_with_a_stack(void)
{
	assert_int_equal(process_current()->signals.first.stack != NULL, inherits);
	assert_ptr_not_equal(process_current()->signals.first.stack, process_current()->parent->signals.first.stack);
}

static int failures;

/* Repeats `call` with the n-th allocation failing until it works; each failure is `error` and changes nothing. */
static void sweep(long (*call)(void), long error)
{
	struct process *self = process_current();

	for (unsigned n = 1;; n++) {
		struct signals before = self->signals;
		struct mem_stats used, now;
		long result;

		mem_get_stats(&used);
		mem_fail_nth(n);
		result = call();
		mem_fail_nth(0);
		if (result >= 0)
			return;
		assert_int_equal(result, error);
		mem_get_stats(&now);
		assert_int_equal(now.used_blocks, used.used_blocks);
		assert_memory_equal(&self->signals, &before, sizeof before);
		failures++;
	}
}

static struct abi_sigaction *act;
static struct abi_itimerval *value;
static int next_signal;

static long catch_one(void)
{
	return u_call(14, (uintptr_t)next_signal, act, NULL);
}

static long set_stack(void)
{
	return u_call(52, stack, NULL);
}

static long set_timer(void)
{
	return u_call(53, (uintptr_t)ABI_ITIMER_REAL, value, NULL);
}

static long queue_one(void)
{
	return u_call(50, (uintptr_t)sys_getpid(), (uintptr_t)ABI_SIGRTMAX, (uintptr_t)1);
}

static void sweep_all(void)
{
	act = u_alloc(sizeof *act);
	*act = (struct abi_sigaction){.handler = (uintptr_t)look};
	for (next_signal = 40; next_signal < 50; next_signal++)
		sweep(catch_one, -ENOMEM);
	assert_int_equal(failures, 3); /* room is made for four at a time */
	stack = u_alloc(sizeof *stack);
	*stack = (struct abi_stack){(uintptr_t)u_alloc(STACK_SIZE), 0, STACK_SIZE};
	sweep(set_stack, -ENOMEM);
	value = memset(u_alloc(sizeof *value), 0, sizeof *value);
	value->it_value.tv_sec = 100;
	sweep(set_timer, -ENOMEM);
	u_mask(ABI_SIG_SETMASK, ~(abi_sigset)0);
	sweep(queue_one, -EAGAIN);
	assert_int_equal(failures, 6);
}

static void each_failing_allocation_leaves_no_trace(void)
{
	u_lend(sweep_all);
}

/* The stack is the last thing that vfork wants memory for, and the only one whose lack it bears. */
static void lend_with_a_stack(void)
{
	long pid;

	stack = stack_set();
	inherits = true;
	u_lend(child_with_a_stack);
	inherits = false;
	for (unsigned n = 1;; n++) {
		mem_fail_nth(n);
		pid = u_vfork(child_with_a_stack);
		mem_fail_nth(0);
		if (pid > 0)
			break;
		assert_int_equal(pid, -ENOMEM);
		failures++;
	}
	assert_true(failures > 0);
	assert_int_equal(u_reap(pid), 0);
}

static void child_inherits_the_stack_if_there_is_memory(void)
{
	u_lend(lend_with_a_stack);
}

static const struct CMUnitTest tests[] = {
	WORLD(sigstack, handlers_run_on_the_alternate_stack),
	WORLD(sigstack, alternate_stack_is_checked),
	WORLD(sigstack, each_failing_allocation_leaves_no_trace),
	WORLD(sigstack, child_inherits_the_stack_if_there_is_memory),
};
UNIT_MAIN(sigstack, tests)
