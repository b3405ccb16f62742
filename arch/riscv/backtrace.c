/*
 * A backtrace without frame pointers: every word of the stack that lies in the kernel's text and follows a call is shown. It may list
 * stale addresses, never misses a live one.
 */
#include <arch.h>
#include <kernel/klog.h>
#include <kernel/thread.h>

extern const char __text_start[], __text_end[], boot_stack[], boot_stack_top[];

#define BACKTRACE_MAX 12

static bool after_call(uintptr_t pc)
{
	uint16_t low, high;

	if (pc < (uintptr_t)__text_start + 4 || pc >= (uintptr_t)__text_end || (pc & 1))
		return false;
	low = *(const uint16_t *)(pc - 2);
	high = *(const uint16_t *)(pc - 4);
	/* c.jal (rv32), c.jalr, jal ra, jalr ra */
	return (low & 0xe003) == 0x2001 || (low & 0xf07f) == 0x9002 || (high & 0xfff) == 0x0ef ||
	       (high & 0xfff) == 0x0e7;
}

static uintptr_t stack_end(uintptr_t sp)
{
	const struct thread *thread = thread_current();

	if (sp >= (uintptr_t)boot_stack && sp < (uintptr_t)boot_stack_top)
		return (uintptr_t)boot_stack_top;
	if (thread && thread->stack && sp >= (uintptr_t)thread->stack &&
	    sp < (uintptr_t)thread->stack + ARCH_KSTACK_SIZE)
		return (uintptr_t)thread->stack + ARCH_KSTACK_SIZE - sizeof(struct trapframe);
	return sp;
}

void arch_backtrace(const struct trapframe *frame)
{
	uintptr_t sp = frame ? arch_frame_sp(frame) : (uintptr_t)__builtin_frame_address(0);
	unsigned shown = 0;

	sp &= ~(uintptr_t)(sizeof(uintptr_t) - 1);
	for (uintptr_t end = stack_end(sp); sp < end && shown < BACKTRACE_MAX; sp += sizeof(uintptr_t)) {
		uintptr_t word = *(const uintptr_t *)sp;

		if (after_call(word)) {
			klog_emergency("  called from %p\n", (void *)word);
			shown++;
		}
	}
}
