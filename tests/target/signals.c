/*
 * Signals of one process: handlers and their frames, masks, the alternate stack, queued and awaited signals, timers.
 */
#include "harness.h"
#include "signalling.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
#define SYSCALL(number, name, ...) SYS_##name = number,
#include <abi/syscalls.def>
#undef SYSCALL
};

#define KERNEL ((uintptr_t)0x80000000)
#define UART ((uintptr_t)0x10000000)

static sigjmp_buf back;

static int pause_ms(long ms)
{
	return setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {0, ms * 1000}}, NULL);
}

static int a_handler_runs_once_for_one_signal(void)
{
	CHECK_EQUAL(handle(SIGUSR1, note, 0), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(order[0], SIGUSR1);
	CHECK_EQUAL(mask_now(), 0);
	CHECK_EQUAL(kill(getpid(), SIGUSR1), 0);
	CHECK_EQUAL(calls, 2);
	return 0;
}

static int any_signal_but_two_can_be_caught(void)
{
	for (int sig = 1; sig < NSIG; sig++) {
		int sure = sig == SIGKILL || sig == SIGSTOP;

		calls = 0;
		CHECK_EQUAL(handle(sig, note, 0), sure ? -1 : 0);
		if (sure)
			CHECK_EQUAL(errno, EINVAL);
		else
			CHECK_EQUAL(raise(sig), 0);
		CHECK_EQUAL(calls, !sure);
		if (!sure)
			CHECK_EQUAL(order[0], sig);
	}
	CHECK_EQUAL(handle(0, note, 0), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(handle(NSIG, note, 0), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int sigaction_tells_the_action_before(void)
{
	struct sigaction act = {.sa_handler = note, .sa_mask = BIT(SIGTERM) | BIT(40), .sa_flags = SA_RESTART | SA_NODEFER}, old;

	CHECK_EQUAL(sigaction(SIGUSR1, &act, &old), 0);
	CHECK(old.sa_handler == SIG_DFL);
	act.sa_handler = SIG_IGN;
	CHECK_EQUAL(sigaction(SIGUSR1, &act, &old), 0);
	CHECK(old.sa_handler == note);
	CHECK(old.sa_mask == (BIT(SIGTERM) | BIT(40)));
	CHECK_EQUAL(old.sa_flags, SA_RESTART | SA_NODEFER);
	CHECK_EQUAL(sigaction(SIGUSR1, NULL, &old), 0);
	CHECK(old.sa_handler == SIG_IGN);
	return 0;
}

static int siginfo_tells_the_sender(void)
{
	volatile pid_t child;

	CHECK_EQUAL(handle_info(SIGUSR1, note_info, 0), 0);
	child = vfork();
	if (child == 0) {
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	CHECK_EQUAL(target_wait(child), 0);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(info.si_signo, SIGUSR1);
	CHECK_EQUAL(info.si_code, SI_USER);
	CHECK_EQUAL(info.si_pid, child);
	return 0;
}

static int sigqueue_sends_a_value(void)
{
	CHECK_EQUAL(handle_info(SIGUSR1, note_info, 0), 0);
	CHECK_EQUAL(handle_info(SIGRTMAX, note_info, 0), 0);
	CHECK_EQUAL(sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = 77}), 0);
	CHECK_EQUAL(info.si_code, SI_QUEUE);
	CHECK_EQUAL(info.si_pid, getpid());
	CHECK_EQUAL(info.si_value.sival_int, 77);
	CHECK_EQUAL(sigqueue(getpid(), SIGRTMAX, (union sigval){.sival_ptr = &info}), 0);
	CHECK_EQUAL(info.si_signo, SIGRTMAX);
	CHECK(info.si_value.sival_ptr == &info);
	CHECK_EQUAL(sigqueue(getpid(), 0, (union sigval){.sival_int = 0}), 0);
	CHECK_EQUAL(sigqueue(getpid(), NSIG, (union sigval){.sival_int = 0}), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(sigqueue(1000000, SIGUSR1, (union sigval){.sival_int = 0}), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(calls, 2);
	return 0;
}

static void leap(int sig, siginfo_t *from, void *context)
{
	note_info(sig, from, context);
	siglongjmp(back, 5);
}

static int a_fault_tells_its_address_and_the_mask_comes_back_with_siglongjmp(void)
{
	CHECK_EQUAL(handle_info(SIGSEGV, leap, 0), 0);
	CHECK_EQUAL(change_mask(SIG_SETMASK, BIT(SIGTERM)), 0);
	for (volatile int i = 0; i < 3; i++) {
		int value = sigsetjmp(back, 1);

		if (value == 0)
			*(volatile char *)(UART + (uintptr_t)i) = 1;
		CHECK_EQUAL(value, 5);
		CHECK_EQUAL((uintptr_t)info.si_addr, UART + (uintptr_t)i);
		CHECK_EQUAL(info.si_signo, SIGSEGV);
		CHECK_EQUAL(info.si_code, SEGV_ACCERR);
		CHECK(mask_now() == BIT(SIGTERM));
	}
	CHECK_EQUAL(calls, 3);
	return 0;
}

static int siglongjmp_leaves_a_mask_that_was_not_saved(void)
{
	CHECK_EQUAL(handle_info(SIGUSR1, leap, 0), 0);
	if (sigsetjmp(back, 0) == 0)
		raise(SIGUSR1);
	CHECK(mask_now() == BIT(SIGUSR1));
	return 0;
}

static int a_fault_while_its_signal_is_blocked_or_ignored_kills(void)
{
	CHECK_EQUAL(handle(SIGSEGV, note, 0), 0);
	for (int i = 0; i < 2; i++) {
		pid_t pid = vfork();

		if (pid == 0) {
			if (i == 0)
				change_mask(SIG_BLOCK, BIT(SIGSEGV));
			else
				signal(SIGSEGV, SIG_IGN);
			*(volatile char *)UART = 1;
			_exit(0);
		}
		int status = target_wait(pid);
		CHECK(WIFSIGNALED(status));
		CHECK_EQUAL(WTERMSIG(status), SIGSEGV);
	}
	CHECK_EQUAL(calls, 0);
	return 0;
}

static void step_over(int sig, siginfo_t *from, void *context)
{
	ucontext_t *ucontext = context;

	note_info(sig, from, context);
	ucontext->uc_mcontext.regs[REG_PC] += 4;
	ucontext->uc_mcontext.regs[REG_A0] = 1234;
	ucontext->uc_sigmask |= BIT(SIGTERM);
}

static int a_handler_may_change_what_it_returns_to(void)
{
	register long a0 __asm__("a0") = 1;

	CHECK_EQUAL(handle_info(SIGTRAP, step_over, 0), 0);
	__asm__ volatile(".option push\n.option norvc\nebreak\n.option pop" : "+r"(a0) : : "memory");
	long changed = a0;

	CHECK_EQUAL(changed, 1234);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(info.si_code, TRAP_BRKPT);
	CHECK(mask_now() == BIT(SIGTERM));
	return 0;
}

static int an_illegal_instruction_can_be_handled(void)
{
	CHECK_EQUAL(handle_info(SIGILL, leap, 0), 0);
	if (sigsetjmp(back, 1) == 0)
		__asm__ volatile("unimp");
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(info.si_code, ILL_ILLOPC);
	return 0;
}

/* Sends SIGUSR1 to its parent asleep, and a byte when that sleeps again. */
static int pokes(void)
{
	if (!target_reaches_state(getppid(), 'S') || kill(getppid(), SIGUSR1) < 0)
		return 1;
	if (!target_reaches_state(getppid(), 'S'))
		return 2;
	return write(TARGET_OUT, "x", 1) != 1;
}

/* What read() of a pipe gives that a signal interrupts: 1 when it was made again, or -errno. */
static int interrupted_read(int *status)
{
	int fds[2];
	char byte;
	ssize_t got;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return 0;
	pid_t pid = target_start("pokes", -1, fds[1]);
	got = read(fds[0], &byte, 1);
	if (got < 0)
		got = -errno;
	*status = target_wait(pid);
	close(fds[0]);
	close(fds[1]);
	return (int)got;
}

static int an_interrupted_read_gives_eintr_or_is_made_again(void)
{
	int status;

	CHECK_EQUAL(handle(SIGUSR1, note, 0), 0);
	CHECK_EQUAL(interrupted_read(&status), -EINTR);
	CHECK_EQUAL(status, 0);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(handle(SIGUSR1, note, SA_RESTART), 0);
	CHECK_EQUAL(interrupted_read(&status), 1);
	CHECK_EQUAL(status, 0);
	CHECK_EQUAL(calls, 2);
	CHECK(signal(SIGUSR1, note) == note);
	CHECK_EQUAL(interrupted_read(&status), 1);
	CHECK_EQUAL(siginterrupt(SIGUSR1, 1), 0);
	CHECK_EQUAL(interrupted_read(&status), -EINTR);
	CHECK_EQUAL(calls, 4);
	return 0;
}

static int a_sleep_is_not_made_again(void)
{
	struct timespec span = {.tv_sec = 100}, left;

	CHECK_EQUAL(handle(SIGALRM, note, SA_RESTART), 0);
	CHECK_EQUAL(pause_ms(5), 0);
	CHECK_EQUAL(nanosleep(&span, &left), -1);
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 1);
	CHECK(left.tv_sec == 99 && left.tv_nsec > 0);
	return 0;
}

static volatile int depth, deepest;

static void raise_within(int sig)
{
	note(sig);
	if (++depth > deepest)
		deepest = depth;
	if (calls < 3)
		raise(sig);
	depth--;
}

static int a_signal_is_blocked_in_its_handler_but_with_nodefer(void)
{
	CHECK_EQUAL(handle(SIGUSR1, raise_within, 0), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK_EQUAL(calls, 3);
	CHECK_EQUAL(deepest, 1);
	calls = 0;
	CHECK_EQUAL(handle(SIGUSR1, raise_within, SA_NODEFER), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK_EQUAL(calls, 3);
	CHECK_EQUAL(deepest, 3);
	return 0;
}

static volatile sigset_t mask_in_handler;

static void note_mask(int sig)
{
	mask_in_handler = mask_now();
	note(sig);
}

static int sa_mask_holds_while_the_handler_runs(void)
{
	struct sigaction act = {.sa_handler = note_mask, .sa_mask = BIT(SIGTERM) | BIT(SIGKILL) | BIT(SIGRTMAX)};

	CHECK_EQUAL(sigaction(SIGUSR1, &act, NULL), 0);
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGHUP)), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK(mask_in_handler == (BIT(SIGHUP) | BIT(SIGTERM) | BIT(SIGUSR1) | BIT(SIGRTMAX)));
	CHECK(mask_now() == BIT(SIGHUP));
	return 0;
}

static int resethand_takes_the_handler_away(void)
{
	struct sigaction old;

	CHECK_EQUAL(handle(SIGURG, note, SA_RESETHAND), 0);
	CHECK_EQUAL(raise(SIGURG), 0);
	CHECK_EQUAL(raise(SIGURG), 0);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(sigaction(SIGURG, NULL, &old), 0);
	CHECK(old.sa_handler == SIG_DFL);
	return 0;
}

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
			 : "r"(a1), "r"(stack), "i"(SYS_kill), "i"(SYS_exit)
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

/* sigreturn; comes back with an error only. */
__attribute__((noinline)) static long forge(const void *context)
{
	register long a0 __asm__("a0") = (long)context;

	__asm__ volatile("li a7, %1\necall"
			 : "+r"(a0)
			 : "i"(SYS_sigreturn)
			 : "a1", "a2", "a3", "a4", "a5", "a6", "a7", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
	return a0;
}

/* Ends with 9 without a look at sp and gp. */
__attribute__((naked)) static void leaves(void)
{
	__asm__ volatile("li a0, 9\nli a7, %0\necall" ::"i"(SYS_exit));
}

__attribute__((naked)) static void touches_stack(void)
{
	__asm__ volatile("sb zero, 0(sp)\nli a0, 9\nli a7, %0\necall" ::"i"(SYS_exit));
}

/* The wait status of a borrower that returns from no handler to that context. */
static int forged(uintptr_t pc, uintptr_t sp)
{
	ucontext_t context = {.uc_sigmask = ~(sigset_t)0};
	pid_t pid = vfork();

	if (pid == 0) {
		for (int i = 0; i < 32; i++)
			context.uc_mcontext.regs[i] = KERNEL;
		context.uc_mcontext.regs[REG_PC] = pc;
		context.uc_mcontext.regs[REG_SP] = sp;
		forge(&context);
		_exit(1);
	}
	return target_wait(pid);
}

static int forged_contexts_hurt_their_forger_only(void)
{
	CHECK_EQUAL(WTERMSIG(forged(KERNEL, KERNEL)), SIGSEGV);
	CHECK_EQUAL(WTERMSIG(forged(KERNEL + 0x100, KERNEL + 0x10000)), SIGSEGV);
	CHECK_EQUAL(WTERMSIG(forged(0, 0)), SIGSEGV);
	CHECK_EQUAL(WTERMSIG(forged(UART, 0)), SIGSEGV);
	CHECK_EQUAL(WTERMSIG(forged((uintptr_t)touches_stack, KERNEL + 0x1000)), SIGSEGV);
	CHECK_EQUAL(WEXITSTATUS(forged((uintptr_t)leaves, KERNEL + 0x1000)), 9);
	CHECK_EQUAL(mask_now(), 0);
	return 0;
}

static int a_context_elsewhere_gives_efault(void)
{
	static const uintptr_t bad[] = {0, KERNEL, KERNEL + 0x10000, UART, UINTPTR_MAX - 7};

	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK_EQUAL(forge((void *)bad[i]), -EFAULT);
	return 0;
}

static void block_everything(int sig, siginfo_t *from, void *context)
{
	note_info(sig, from, context);
	((ucontext_t *)context)->uc_sigmask = ~(sigset_t)0;
}

static int a_forged_mask_does_not_hold_off_sigkill(void)
{
	CHECK_EQUAL(handle_info(SIGUSR1, block_everything, 0), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK_EQUAL(calls, 1);
	CHECK(mask_now() & BIT(SIGTERM));
	CHECK(!(mask_now() & (BIT(SIGKILL) | BIT(SIGSTOP))));
	return 0;
}

static int blocked_signals_wait_and_come_lowest_first(void)
{
	static const int sent[] = {SIGRTMAX, SIGUSR2, SIGRTMIN, SIGHUP, SIGTERM, SIGUSR2};
	static const int come[] = {SIGHUP, SIGTERM, SIGUSR2, SIGRTMIN, SIGRTMAX};
	struct sigaction act = {.sa_handler = note, .sa_mask = ~(sigset_t)0};
	sigset_t set = 0, pending;

	for (int i = 0; i < 6; i++) {
		CHECK_EQUAL(sigaction(sent[i], &act, NULL), 0);
		set |= BIT(sent[i]);
	}
	CHECK_EQUAL(change_mask(SIG_BLOCK, set), 0);
	for (int i = 0; i < 6; i++)
		CHECK_EQUAL(raise(sent[i]), 0);
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK(pending == set);
	CHECK_EQUAL(calls, 0);
	CHECK_EQUAL(change_mask(SIG_UNBLOCK, set), 0);
	CHECK_EQUAL(calls, 5);
	for (int i = 0; i < 5; i++)
		CHECK_EQUAL(order[i], come[i]);
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK(pending == 0);
	return 0;
}

static int a_pending_signal_that_becomes_ignored_is_forgotten(void)
{
	sigset_t pending;

	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGTERM)), 0);
	CHECK_EQUAL(raise(SIGTERM), 0);
	CHECK(signal(SIGTERM, SIG_IGN) == SIG_DFL);
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK(pending == 0);
	CHECK(signal(SIGTERM, SIG_DFL) == SIG_IGN);
	CHECK_EQUAL(change_mask(SIG_UNBLOCK, BIT(SIGTERM)), 0);
	return 0;
}

static int sigprocmask_changes_the_mask(void)
{
	sigset_t all, old;

	CHECK_EQUAL(sigfillset(&all), 0);
	CHECK_EQUAL(sigprocmask(SIG_SETMASK, &all, &old), 0);
	CHECK(old == 0);
	CHECK(mask_now() == (all & ~BIT(SIGKILL) & ~BIT(SIGSTOP)));
	CHECK_EQUAL(change_mask(SIG_SETMASK, BIT(SIGHUP) | BIT(SIGRTMAX)), 0);
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGTERM) | BIT(SIGHUP)), 0);
	CHECK(mask_now() == (BIT(SIGHUP) | BIT(SIGTERM) | BIT(SIGRTMAX)));
	CHECK_EQUAL(change_mask(SIG_UNBLOCK, BIT(SIGHUP) | BIT(SIGINT)), 0);
	CHECK(mask_now() == (BIT(SIGTERM) | BIT(SIGRTMAX)));
	CHECK_EQUAL(change_mask(17, BIT(SIGUSR1)), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(sigprocmask(17, NULL, &old), 0); /* without a set it does not matter */
	CHECK(old == (BIT(SIGTERM) | BIT(SIGRTMAX)));
	errno = 0;
	CHECK_EQUAL(pthread_sigmask(17, &all, NULL), EINVAL);
	CHECK_EQUAL(errno, 0);
	return 0;
}

static int sets_refuse_what_is_no_signal(void)
{
	sigset_t set;

	CHECK_EQUAL(sigemptyset(&set), 0);
	CHECK_EQUAL(sigaddset(&set, SIGRTMAX), 0);
	CHECK_EQUAL(sigaddset(&set, 1), 0);
	CHECK_EQUAL(sigismember(&set, SIGRTMAX), 1);
	CHECK_EQUAL(sigismember(&set, SIGRTMIN), 0);
	CHECK_EQUAL(sigdelset(&set, SIGRTMAX), 0);
	CHECK_EQUAL(sigismember(&set, SIGRTMAX), 0);
	for (int sig = -1; sig <= NSIG; sig += sig == 0 ? NSIG : 1) {
		CHECK_EQUAL(sigaddset(&set, sig), -1);
		CHECK_EQUAL(errno, EINVAL);
		CHECK_EQUAL(sigdelset(&set, sig), -1);
		CHECK_EQUAL(sigismember(&set, sig), -1);
	}
	CHECK(set == BIT(1));
	return 0;
}

static int sigsuspend_waits_with_another_mask_and_restores_it(void)
{
	sigset_t none = 0, pending;

	CHECK_EQUAL(handle(SIGUSR1, note_mask, SA_RESTART), 0);
	CHECK_EQUAL(change_mask(SIG_SETMASK, BIT(SIGUSR1) | BIT(SIGHUP)), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	none = BIT(SIGTERM);
	CHECK_EQUAL(sigsuspend(&none), -1);
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 1);
	CHECK(mask_in_handler == (BIT(SIGTERM) | BIT(SIGUSR1)));
	CHECK(mask_now() == (BIT(SIGUSR1) | BIT(SIGHUP)));
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK(pending == 0);
	CHECK_EQUAL(handle(SIGALRM, note, 0), 0);
	CHECK_EQUAL(pause_ms(5), 0);
	CHECK_EQUAL(pause(), -1);
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 2);
	return 0;
}

static int sigtimedwait_gives_eagain_after_its_time(void)
{
	sigset_t set = BIT(SIGUSR1);
	struct timespec span = {.tv_nsec = 20000000}, before, after;

	CHECK_EQUAL(change_mask(SIG_BLOCK, set), 0);
	CHECK_EQUAL(clock_gettime(CLOCK_MONOTONIC, &before), 0);
	CHECK_EQUAL(sigtimedwait(&set, NULL, &span), -1);
	CHECK_EQUAL(errno, EAGAIN);
	CHECK_EQUAL(clock_gettime(CLOCK_MONOTONIC, &after), 0);
	CHECK((after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec >= span.tv_nsec);
	CHECK_EQUAL(sigtimedwait(&set, NULL, &(struct timespec){0}), -1);
	CHECK_EQUAL(errno, EAGAIN);
	CHECK_EQUAL(sigtimedwait(&set, NULL, &(struct timespec){.tv_nsec = 1000000000}), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int realtime_signals_queue_in_order_and_none_is_lost(void)
{
	sigset_t set = BIT(SIGRTMIN) | BIT(SIGRTMIN + 1);
	siginfo_t got;

	CHECK_EQUAL(change_mask(SIG_BLOCK, set), 0);
	for (int i = 0; i < 20; i++)
		CHECK_EQUAL(sigqueue(getpid(), SIGRTMIN + 1, (union sigval){.sival_int = i}), 0);
	CHECK_EQUAL(sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = 100}), 0);
	CHECK_EQUAL(sigwaitinfo(&set, &got), SIGRTMIN);
	CHECK_EQUAL(got.si_value.sival_int, 100);
	for (int i = 0; i < 20; i++) {
		CHECK_EQUAL(sigtimedwait(&set, &got, &(struct timespec){0}), SIGRTMIN + 1);
		CHECK_EQUAL(got.si_signo, SIGRTMIN + 1);
		CHECK_EQUAL(got.si_code, SI_QUEUE);
		CHECK_EQUAL(got.si_pid, getpid());
		CHECK_EQUAL(got.si_value.sival_int, i);
	}
	CHECK_EQUAL(sigtimedwait(&set, &got, &(struct timespec){0}), -1);
	CHECK_EQUAL(errno, EAGAIN);
	return 0;
}

static volatile int values[16];

static void note_value(int sig, siginfo_t *from, void *context)
{
	(void)context;
	values[calls & 15] = from->si_value.sival_int;
	note(sig);
}

static int each_queued_signal_runs_the_handler(void)
{
	CHECK_EQUAL(handle_info(SIGRTMIN + 3, note_value, 0), 0);
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGRTMIN + 3)), 0);
	for (int i = 0; i < 10; i++)
		CHECK_EQUAL(sigqueue(getpid(), SIGRTMIN + 3, (union sigval){.sival_int = i}), 0);
	CHECK_EQUAL(change_mask(SIG_UNBLOCK, BIT(SIGRTMIN + 3)), 0);
	CHECK_EQUAL(calls, 10);
	for (int i = 0; i < 10; i++)
		CHECK_EQUAL(values[i], i);
	return 0;
}

/* What is left in the queue when the process ends is freed: the harness looks at the memory. */
static int queued_signals_are_freed_at_the_end(void)
{
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGRTMIN)), 0);
	for (int i = 0; i < 10; i++)
		CHECK_EQUAL(sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = i}), 0);
	return 0;
}

static int sigwait_takes_signals_of_others_and_tells_who(void)
{
	sigset_t set = BIT(SIGUSR1);
	siginfo_t got;
	int fds[2], sig = 0;

	CHECK_EQUAL(change_mask(SIG_BLOCK, set), 0);
	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid_t pid = target_start("pokes", -1, fds[1]);
	CHECK_EQUAL(sigwaitinfo(&set, &got), SIGUSR1);
	CHECK_EQUAL(got.si_code, SI_USER);
	CHECK_EQUAL(got.si_pid, pid);
	CHECK_EQUAL(target_wait(pid), 0);
	pid = target_start("pokes", -1, fds[1]);
	CHECK_EQUAL(sigwait(&set, &sig), 0);
	CHECK_EQUAL(sig, SIGUSR1);
	CHECK_EQUAL(target_wait(pid), 0);
	close(fds[0]);
	close(fds[1]);
	return 0;
}

static int another_signal_interrupts_sigwaitinfo(void)
{
	sigset_t set = BIT(SIGUSR1);

	CHECK_EQUAL(handle(SIGALRM, note, SA_RESTART), 0);
	CHECK_EQUAL(change_mask(SIG_BLOCK, set), 0);
	CHECK_EQUAL(pause_ms(5), 0);
	CHECK_EQUAL(sigwaitinfo(&set, NULL), -1);
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 1);
	return 0;
}

#if __riscv_xlen == 64
#define SAVE "sd "
#define LOAD "ld "
#define WORD "8"
#else
#define SAVE "sw "
#define LOAD "lw "
#define WORD "4"
#endif

/* Holds a value of its own in each register until *count has reached `end`; 1 when one has changed. a0, a1 and a2 work. */
int computes_until(volatile int *count, int end);
__asm__(".text\n.type computes_until, @function\n"
	"computes_until:\n"
	"	addi sp, sp, -128\n"
	"	" SAVE "x1, 0*" WORD "(sp)\n	" SAVE "x4, 1*" WORD "(sp)\n	" SAVE "x8, 2*" WORD "(sp)\n"
	"	" SAVE "x9, 3*" WORD "(sp)\n	" SAVE "x18, 4*" WORD "(sp)\n	" SAVE "x19, 5*" WORD "(sp)\n"
	"	" SAVE "x20, 6*" WORD "(sp)\n	" SAVE "x21, 7*" WORD "(sp)\n	" SAVE "x22, 8*" WORD "(sp)\n"
	"	" SAVE "x23, 9*" WORD "(sp)\n	" SAVE "x24, 10*" WORD "(sp)\n	" SAVE "x25, 11*" WORD "(sp)\n"
	"	" SAVE "x26, 12*" WORD "(sp)\n	" SAVE "x27, 13*" WORD "(sp)\n"
	"	.irp r, 1,4,5,6,7,8,9,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
	"	li x\\r, 0x12345000 + \\r\n"
	"	.endr\n"
	"1:	lw a2, 0(a0)\n"
	"	bge a2, a1, 2f\n"
	"	.irp r, 1,4,5,6,7,8,9,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
	"	li a2, 0x12345000 + \\r\n"
	"	bne x\\r, a2, 3f\n"
	"	.endr\n"
	"	j 1b\n"
	"2:	li a0, 0\n"
	"	j 4f\n"
	"3:	li a0, 1\n"
	"4:	" LOAD "x1, 0*" WORD "(sp)\n	" LOAD "x4, 1*" WORD "(sp)\n	" LOAD "x8, 2*" WORD "(sp)\n"
	"	" LOAD "x9, 3*" WORD "(sp)\n	" LOAD "x18, 4*" WORD "(sp)\n	" LOAD "x19, 5*" WORD "(sp)\n"
	"	" LOAD "x20, 6*" WORD "(sp)\n	" LOAD "x21, 7*" WORD "(sp)\n	" LOAD "x22, 8*" WORD "(sp)\n"
	"	" LOAD "x23, 9*" WORD "(sp)\n	" LOAD "x24, 10*" WORD "(sp)\n	" LOAD "x25, 11*" WORD "(sp)\n"
	"	" LOAD "x26, 12*" WORD "(sp)\n	" LOAD "x27, 13*" WORD "(sp)\n"
	"	addi sp, sp, 128\n"
	"	ret\n"
	".size computes_until, . - computes_until\n");

static void spoil_registers(int sig)
{
	__asm__ volatile("li ra, -1\nli t0, -1\nli t1, -1\nli t2, -1\nli t3, -1\nli t4, -1\nli t5, -1\nli t6, -1\n"
			 "li a1, -1\nli a2, -1\nli a3, -1\nli a4, -1\nli a5, -1\nli a6, -1\nli a7, -1\nli s1, -1\nli s2, -1\n"
			 "li s3, -1\nli s4, -1\nli s5, -1\nli s6, -1\nli s7, -1\nli s8, -1\nli s9, -1\nli s10, -1\nli s11, -1"
			 ::: "ra", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "a1", "a2", "a3", "a4", "a5", "a6", "a7",
			   "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11");
	note(sig);
}

static int all_registers_survive_a_handler(void)
{
	struct itimerval timer = {.it_value = {0, 1000}, .it_interval = {0, 1000}};

	CHECK_EQUAL(handle(SIGALRM, spoil_registers, 0), 0);
	CHECK_EQUAL(setitimer(ITIMER_REAL, &timer, NULL), 0);
	CHECK_EQUAL(computes_until(&calls, 50), 0);
	return 0;
}

static int alarm_tells_what_was_left(void)
{
	CHECK_EQUAL(handle(SIGALRM, note, 0), 0);
	CHECK_EQUAL(alarm(100), 0);
	CHECK_EQUAL(alarm(50), 100);
	CHECK_EQUAL(alarm(0), 50);
	CHECK_EQUAL(alarm(0), 0);
	CHECK_EQUAL(ualarm(3000, 0), 0);
	CHECK_EQUAL(pause(), -1);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(order[0], SIGALRM);
	CHECK_EQUAL(alarm(0), 0);
	return 0;
}

static int a_timer_repeats_until_it_is_disarmed(void)
{
	struct itimerval timer = {.it_value = {0, 2000}, .it_interval = {0, 1000}}, old;

	CHECK_EQUAL(handle(SIGALRM, note, 0), 0);
	CHECK_EQUAL(setitimer(ITIMER_REAL, &timer, NULL), 0);
	while (calls < 5)
		;
	CHECK_EQUAL(setitimer(ITIMER_REAL, &(struct itimerval){0}, &old), 0);
	CHECK_EQUAL(old.it_interval.tv_usec, 1000);
	int before = calls;
	CHECK_EQUAL(usleep(5000), 0);
	CHECK_EQUAL(calls, before);
	CHECK_EQUAL(getitimer(ITIMER_REAL, &old), 0);
	CHECK(old.it_value.tv_sec == 0 && old.it_value.tv_usec == 0);
	return 0;
}

static int timers_refuse_what_is_no_time(void)
{
	struct itimerval timer = {.it_value = {0, 1000000}};

	CHECK_EQUAL(setitimer(ITIMER_REAL, &timer, NULL), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {-1, 0}}, NULL), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(setitimer(17, &(struct itimerval){0}, NULL), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(getitimer(17, &timer), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

/* The wait status of a child that prepares and then aborts. */
static int aborts(void (*handler)(int), sigset_t mask)
{
	pid_t pid = vfork();

	if (pid == 0) {
		signal(SIGABRT, handler);
		change_mask(SIG_SETMASK, mask);
		abort();
	}
	return target_wait(pid);
}

static int abort_ends_the_program_whatever_it_does_with_sigabrt(void)
{
	CHECK_EQUAL(aborts(SIG_DFL, 0), SIGABRT);
	CHECK_EQUAL(aborts(SIG_IGN, 0), SIGABRT);
	CHECK_EQUAL(aborts(SIG_DFL, ~(sigset_t)0), SIGABRT);
	CHECK_EQUAL(aborts(note, 0), SIGABRT);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(aborts(note, ~(sigset_t)0), SIGABRT);
	CHECK_EQUAL(calls, 2);
	return 0;
}

static int signals_have_names(void)
{
	CHECK_EQUAL(strcmp(strsignal(SIGHUP), "Hangup"), 0);
	CHECK_EQUAL(strcmp(strsignal(SIGCHLD), "Child exited"), 0);
	CHECK_EQUAL(strcmp(strsignal(SIGUSR2), "User defined signal 2"), 0);
	CHECK_EQUAL(strcmp(strsignal(SIGRTMIN + 2), "Real-time signal 2"), 0);
	CHECK_EQUAL(strcmp(strsignal(64), "Unknown signal 64"), 0);
	CHECK_EQUAL(strcmp(strsignal(-1), "Unknown signal -1"), 0);
	return 0;
}

TARGET_CASES(signals, CASE(a_handler_runs_once_for_one_signal), CASE(any_signal_but_two_can_be_caught),
	     CASE(sigaction_tells_the_action_before), CASE(siginfo_tells_the_sender), CASE(sigqueue_sends_a_value),
	     CASE(a_fault_tells_its_address_and_the_mask_comes_back_with_siglongjmp),
	     CASE(siglongjmp_leaves_a_mask_that_was_not_saved), CASE(a_fault_while_its_signal_is_blocked_or_ignored_kills),
	     CASE(a_handler_may_change_what_it_returns_to), CASE(an_illegal_instruction_can_be_handled),
	     CASE(an_interrupted_read_gives_eintr_or_is_made_again), CASE(a_sleep_is_not_made_again),
	     CASE(a_signal_is_blocked_in_its_handler_but_with_nodefer), CASE(sa_mask_holds_while_the_handler_runs),
	     CASE(resethand_takes_the_handler_away), CASE(onstack_uses_the_alternate_stack),
	     CASE(sigaltstack_refuses_small_stacks_and_unknown_flags),
	     CASE(a_stack_overflow_is_handled_on_the_alternate_stack), CASE(a_frame_that_does_not_fit_the_stack_kills),
	     CASE(a_frame_on_a_bad_stack_kills), CASE(forged_contexts_hurt_their_forger_only),
	     CASE(a_context_elsewhere_gives_efault), CASE(a_forged_mask_does_not_hold_off_sigkill),
	     CASE(blocked_signals_wait_and_come_lowest_first), CASE(a_pending_signal_that_becomes_ignored_is_forgotten),
	     CASE(sigprocmask_changes_the_mask), CASE(sets_refuse_what_is_no_signal),
	     CASE(sigsuspend_waits_with_another_mask_and_restores_it), CASE(sigtimedwait_gives_eagain_after_its_time),
	     CASE(realtime_signals_queue_in_order_and_none_is_lost), CASE(each_queued_signal_runs_the_handler),
	     CASE(queued_signals_are_freed_at_the_end), CASE(sigwait_takes_signals_of_others_and_tells_who),
	     CASE(another_signal_interrupts_sigwaitinfo), CASE(all_registers_survive_a_handler),
	     CASE(alarm_tells_what_was_left), CASE(a_timer_repeats_until_it_is_disarmed),
	     CASE(timers_refuse_what_is_no_time), CASE(abort_ends_the_program_whatever_it_does_with_sigabrt),
	     CASE(signals_have_names), HELPER(pokes), HELPER(overflows),
	     HELPER(overflows_with_a_handler_on_the_same_stack))
