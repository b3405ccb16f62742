/*
 * The frame of a handler: what it holds of a fault and of the registers, what of it may be changed, and contexts that are forged.
 */
#include "calls.h"
#include "harness.h"
#include "places.h"
#include "signalling.h"

#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static sigjmp_buf back;

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

/* sigreturn; comes back with an error only. */
__attribute__((noinline)) static long forge(const void *context)
{
	register long a0 __asm__("a0") = (long)context;

	__asm__ volatile("li a7, %1\necall"
			 : "+r"(a0)
			 : "i"(CALL_sigreturn)
			 : "a1", "a2", "a3", "a4", "a5", "a6", "a7", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
	return a0;
}

/* Ends with 9 without a look at sp and gp. */
__attribute__((naked)) static void leaves(void)
{
	__asm__ volatile("li a0, 9\nli a7, %0\necall" ::"i"(CALL_exit));
}

__attribute__((naked)) static void touches_stack(void)
{
	__asm__ volatile("sb zero, 0(sp)\nli a0, 9\nli a7, %0\necall" ::"i"(CALL_exit));
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

TARGET_CASES(sigframe, CASE(a_fault_tells_its_address_and_the_mask_comes_back_with_siglongjmp),
	     CASE(siglongjmp_leaves_a_mask_that_was_not_saved),
	     CASE(a_fault_while_its_signal_is_blocked_or_ignored_kills),
	     CASE(a_handler_may_change_what_it_returns_to), CASE(an_illegal_instruction_can_be_handled),
	     CASE(forged_contexts_hurt_their_forger_only), CASE(a_context_elsewhere_gives_efault),
	     CASE(a_forged_mask_does_not_hold_off_sigkill), CASE(all_registers_survive_a_handler))
