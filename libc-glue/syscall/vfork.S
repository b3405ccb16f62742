/*
 * vfork(), vforkx(flags) and __vfork_from(flags, end of the caller's frame, or 0): the child borrows the stack of its parent and returns first, into the very frame that called. So the return
 * address must not lie on the stack, where the child would overwrite it: it stays in ra, which the kernel keeps for each.
 */
	.section .text.vfork, "ax", @progbits
	.globl	vfork
	.type	vfork, @function
vfork:
	li	a0, 0
	.globl	vforkx
	.type	vforkx, @function
vforkx:
	li	a1, 0
	.globl	__vfork_from
	.type	__vfork_from, @function
__vfork_from:
	li	a7, NUMBER
	ecall
	bltz	a0, 1f
	ret
1:	tail	syscall_error
	.size	vfork, . - vfork
