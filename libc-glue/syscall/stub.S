/*
 * The user side of one system call, assembled once a row of abi/syscalls.def: NUMBER and SYMBOL come from the command
 * line, and CANNOT_FAIL for a call without an error. Arguments are where the kernel wants them already. A result that
 * looks negative goes to syscall_error, which also tells a high address (sbrk) from an error. The stub of a cancellation
 * point is weak, for pthread_cancel brings another, and has a second name for who must not be cancelled.
 */
	.section .text.SYMBOL, "ax", @progbits
#ifdef CANCELLATION_POINT
#define NAME__(symbol) __sys_##symbol
#define NAME_(symbol) NAME__(symbol)
	.weak	SYMBOL
	.globl	NAME_(SYMBOL)
NAME_(SYMBOL):
#else
	.globl	SYMBOL
#endif
	.type	SYMBOL, @function
SYMBOL:
	li	a7, NUMBER
	ecall
#ifndef CANNOT_FAIL
	bltz	a0, 1f
#endif
	ret
#ifndef CANNOT_FAIL
1:	tail	syscall_error
#endif
	.size	SYMBOL, . - SYMBOL
