/*
 * void arch_switch(struct arch_context *from, const struct arch_context *to)
 *
 * What C preserves across a call lies on the stack that is left; the context is its sp.
 */
#include <riscv/layout.h>

#define SWITCH_SIZE ((13 * W + 15) & ~15)

	.macro EACH_PRESERVED op
	\op ra, 0 * W(sp)
	\op s0, 1 * W(sp)
	\op s1, 2 * W(sp)
	\op s2, 3 * W(sp)
	\op s3, 4 * W(sp)
	\op s4, 5 * W(sp)
	\op s5, 6 * W(sp)
	\op s6, 7 * W(sp)
	\op s7, 8 * W(sp)
	\op s8, 9 * W(sp)
	\op s9, 10 * W(sp)
	\op s10, 11 * W(sp)
	\op s11, 12 * W(sp)
	.endm

	.section .text.arch_switch, "ax"
	.globl arch_switch
arch_switch:
	addi sp, sp, -SWITCH_SIZE
	EACH_PRESERVED S
	S sp, 0(a0)
	L sp, 0(a1)
	EACH_PRESERVED L
	addi sp, sp, SWITCH_SIZE
	ret

	/* A kernel thread's first context: s0 = entry, s1 = argument. */
	.globl arch_enter
arch_enter:
	mv a0, s1
	jalr s0
	call thread_exit
