/*
 * The stack of a handler: the alternate one, one that has overflowed, and none where a frame could be.
 */
#include "calls.h"
#include "harness.h"
#include "places.h"
#include "signalling.h"

#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char other_stack[SIGSTKSZ] __attribute__((aligned(16)));

static int on_other_stack(const void *p)
{
	return (uintptr_t)p - (uintptr_t)other_stack < sizeof other_stack;
}

static volatile int was_on_other_stack;

static void look_at_stack(int sig)
{
	stack_t now;

	was_on_other_stack = on_other_stack(&now) && sigaltstack(NULL, &now) == 0 && now.ss_flags == SS_ONSTACK &&
			     sigaltstack(&now, NULL) == -1 && errno == EPERM;
	note(sig);
}

static int use_other_stack(void)
{
	return sigaltstack(&(stack_t){.ss_sp = other_stack, .ss_size = sizeof other_stack}, NULL);
}

static int onstack_uses_the_alternate_stack(void)
{
	stack_t old;

	CHECK_EQUAL(use_other_stack(), 0);
	CHECK_EQUAL(handle(SIGUSR1, look_at_stack, SA_ONSTACK), 0);
	CHECK_EQUAL(handle(SIGUSR2, look_at_stack, 0), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK(was_on_other_stack);
	CHECK_EQUAL(raise(SIGUSR2), 0);
	CHECK(!was_on_other_stack);
	CHECK_EQUAL(calls, 2);
	CHECK_EQUAL(sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, &old), 0);
	CHECK(old.ss_sp == other_stack && old.ss_size == sizeof other_stack && old.ss_flags == 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK(!was_on_other_stack);
	return 0;
}

static int sigaltstack_refuses_small_stacks_and_unknown_flags(void)
{
	CHECK_EQUAL(sigaltstack(&(stack_t){.ss_sp = other_stack, .ss_size = MINSIGSTKSZ - 1}, NULL), -1);
	CHECK_EQUAL(errno, ENOMEM);
	CHECK_EQUAL(sigaltstack(&(stack_t){.ss_sp = other_stack, .ss_size = sizeof other_stack, .ss_flags = 64}, NULL), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static uintptr_t stack_before;

static void overflowed(int sig, siginfo_t *from, void *context)
{
	const ucontext_t *ucontext = context;

	if (!on_other_stack(&sig) || sig != SIGSEGV)
		_exit(1);
	/* The access lay below the stack, and the stack pointer too, where no frame could be. */
	if ((uintptr_t)from->si_addr >= stack_before || ucontext->uc_mcontext.regs[REG_SP] >= stack_before)
		_exit(2);
	_exit(42);
}

__attribute__((noinline)) static int recurse(int n)
{
	volatile char frame[128];

	memset((void *)frame, n, sizeof frame);
	return n == -1 ? 0 : recurse(n + 1) + frame[n & 127];
}

static int overflows(void)
{
	stack_before = (uintptr_t)__builtin_frame_address(0);
	if (use_other_stack() < 0 || handle_info(SIGSEGV, overflowed, SA_ONSTACK) < 0)
		return 3;
	return recurse(0);
}

static int a_stack_overflow_is_handled_on_the_alternate_stack(void)
{
	int status = target_spawn_case("overflows");

	CHECK(WIFEXITED(status));
	CHECK_EQUAL(WEXITSTATUS(status), 42);
	return 0;
}

static int overflows_with_a_handler_on_the_same_stack(void)
{
	return handle_info(SIGSEGV, overflowed, 0) < 0 ? 3 : recurse(0);
}

static int a_frame_that_does_not_fit_the_stack_kills(void)
{
	int status = target_spawn_case("overflows_with_a_handler_on_the_same_stack");

	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGSEGV);
	return 0;
}

/* Signals itself with that stack pointer, and ends with 7 when the handler returns. */
__attribute__((noreturn)) static void raise_on(uintptr_t stack)
{
	register long a0 __asm__("a0") = getpid();
	register long a1 __asm__("a1") = SIGUSR1;

	__asm__ volatile("mv sp, %2\nli a7, %3\necall\nli a0, 7\nli a7, %4\necall"
			 : "+r"(a0)
			 : "r"(a1), "r"(stack), "i"(CALL_kill), "i"(CALL_exit)
			 : "a7", "memory");
	__builtin_unreachable();
}

static int a_frame_on_a_bad_stack_kills(void)
{
	static const uintptr_t bad[] = {0, 8, 64, KERNEL + 0x1000, KERNEL + 0x10000, UART + 0x100, UINTPTR_MAX};

	CHECK_EQUAL(handle(SIGUSR1, note, 0), 0);
	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		pid_t pid = vfork();

		if (pid == 0)
			raise_on(bad[i]);
		int status = target_wait(pid);
		CHECK(WIFSIGNALED(status));
		CHECK_EQUAL(WTERMSIG(status), SIGSEGV);
	}
	CHECK_EQUAL(calls, 0);
	pid_t pid = vfork();
	if (pid == 0)
		raise_on((uintptr_t)other_stack + sizeof other_stack - 5);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 7);
	CHECK_EQUAL(calls, 1);
	return 0;
}

TARGET_CASES(sigstack, CASE(onstack_uses_the_alternate_stack),
	     CASE(sigaltstack_refuses_small_stacks_and_unknown_flags),
	     CASE(a_stack_overflow_is_handled_on_the_alternate_stack),
	     CASE(a_frame_that_does_not_fit_the_stack_kills), CASE(a_frame_on_a_bad_stack_kills), HELPER(overflows),
	     HELPER(overflows_with_a_handler_on_the_same_stack))
