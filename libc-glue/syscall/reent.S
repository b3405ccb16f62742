/*
 * What newlib calls instead of a POSIX function: the same with a struct _reent * in front, which only carries errno, and
 * syscall_error knows where that is. Assembled once a function: SYMBOL is the POSIX function, TARGET what does its work,
 * ARGUMENTS their number.
 */
#define NAME__(symbol) _##symbol##_r
#define NAME_(symbol) NAME__(symbol)
#define NAME NAME_(SYMBOL)

	.section .text.SYMBOL, "ax", @progbits
	.globl	NAME
	.type	NAME, @function
NAME:
#if ARGUMENTS > 0
	mv	a0, a1
#endif
#if ARGUMENTS > 1
	mv	a1, a2
#endif
#if ARGUMENTS > 2
	mv	a2, a3
#endif
	tail	TARGET
	.size	NAME, . - NAME
