/*
 * Where signal handlers return to. sp points at the frame that the kernel made for the handler, and the kernel takes the
 * interrupted program's registers back from there.
 */
#include "machine.h"

	.section .text.SYMBOL, "ax", @progbits
	.globl	SYMBOL
	.type	SYMBOL, @function
SYMBOL:
	addi	a0, sp, SIGFRAME_CONTEXT
	li	a7, NUMBER
	ecall
	unimp		/* a frame whose context cannot be read: nothing to go back to */
	.size	SYMBOL, . - SYMBOL
