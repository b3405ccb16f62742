/*
 * In programs with thread-local variables: the instructions of _start, behind those that set tp, that give the first thread its copy.
 * sublet-cc asks for this file by the name __tls_begin. What has no initial value is zero already; sizes are multiples of 8.
 */
#include "machine.h"

	.section .start.tls, "ax", @progbits
	.globl	__tls_begin
__tls_begin:
	lla	a0, __main_tp
	lla	a1, __tls_image
	lla	a2, __tls_image_end
	j	2f
1:	LOAD	t0, 0(a1)
	STORE	t0, 0(a0)
	addi	a1, a1, WORD
	addi	a0, a0, WORD
2:	bltu	a1, a2, 1b
