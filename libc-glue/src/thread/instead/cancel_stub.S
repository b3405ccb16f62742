/*
 * A system call that is a cancellation point: SYMBOL and NUMBER as in syscall/stub.S, whose weak symbol this takes the place
 * of where __cancellable_SYMBOL is asked for.
 */
#include "machine.h"

#define NAME__(symbol) __cancellable_##symbol
#define NAME_(symbol) NAME__(symbol)

	.section .text.SYMBOL, "ax", @progbits
	.globl	SYMBOL
	.type	SYMBOL, @function
	.globl	NAME_(SYMBOL)
NAME_(SYMBOL):
SYMBOL:
	lbu	t0, THREAD_CANCELLED(tp)
	beqz	t0, 1f
	call	t0, __cancel_enter
1:	li	a7, NUMBER
	ecall
	bltz	a0, 2f
	ret
2:	tail	__cancel_error
	.size	SYMBOL, . - SYMBOL
