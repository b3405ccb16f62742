/*
 * Start of every program. The kernel enters with sp -> argc, argv[0..], NULL, envp[0..], NULL, gp set, and a0-a7 zero.
 * exec of a program whose main returns 0 is a benchmark, so there is nothing here that could be elsewhere.
 *
 * In a program that uses tp, the instructions that set it lie between the two sections (main_thread.S).
 */
#include "machine.h"

	.cfi_sections .debug_frame
	.section .start, "ax", @progbits
	.globl _start
	.type _start, @function
_start:
	.size _start, 0

	.section .start.main, "ax", @progbits
	.type start_main, @function
start_main:
	.cfi_startproc
	.cfi_undefined ra			/* for debuggers: nobody called */
	LOAD	s0, 0(sp)			/* argc; s registers survive the constructors */
	slli	a0, s0, WORD_SHIFT
	add	a0, a0, sp
	addi	a0, a0, 2 * WORD		/* past argc and argv's NULL */
	STORE	a0, environ, t0
	lla	a1, __init_array_start
	lla	a2, __init_array_end
	beq	a1, a2, 1f
	call	__libc_init_array
1:	mv	a0, s0
	addi	a1, sp, WORD
	LOAD	a2, environ
	call	main
	call	exit				/* no tail call: a child of vfork that comes here has another return address than main's */
	.cfi_endproc
	.size start_main, . - start_main

	.section .bss.environ, "aw", @nobits
	.globl environ
	.type environ, @object
	.balign WORD
environ:
	.zero	WORD
	.size environ, WORD
