/* pthread_testcancel() on the way into a system call: keeps its arguments and ra; t0 is the way back. */
#include "machine.h"

	.section .text.__cancel_enter, "ax", @progbits
	.globl	__cancel_enter
	.type	__cancel_enter, @function
__cancel_enter:
	addi	sp, sp, -8 * WORD
	STORE	ra, 0(sp)
	STORE	t0, WORD(sp)
	STORE	a0, 2 * WORD(sp)
	STORE	a1, 3 * WORD(sp)
	STORE	a2, 4 * WORD(sp)
	STORE	a3, 5 * WORD(sp)
	call	pthread_testcancel
	LOAD	ra, 0(sp)
	LOAD	t0, WORD(sp)
	LOAD	a0, 2 * WORD(sp)
	LOAD	a1, 3 * WORD(sp)
	LOAD	a2, 4 * WORD(sp)
	LOAD	a3, 5 * WORD(sp)
	addi	sp, sp, 8 * WORD
	jr	t0
	.size	__cancel_enter, . - __cancel_enter
