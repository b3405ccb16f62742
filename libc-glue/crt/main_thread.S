/*
 * What the first thread has: struct _reent and struct thread_tail (src/thread/thread.h), right below its tp, and the
 * instructions of _start that set tp. Only in programs that use it. The linker puts the thread-local variables behind __main_tp.
 */
#include "machine.h"

	.section .start.tp, "ax", @progbits
	lla	tp, __main_tp

	.weak	__sf_fake_stdin
	.weak	__sf_fake_stdout
	.weak	__sf_fake_stderr

	.section .thread, "aw", @progbits
	.globl	__main_thread
	.type	__main_thread, @object
	.balign	8
__main_thread:
	.zero	REENT_STREAMS
	POINTER	__sf_fake_stdin
	POINTER	__sf_fake_stdout
	POINTER	__sf_fake_stderr
	.zero	REENT_SIZE - REENT_STREAMS - 3 * WORD
	.zero	2 * WORD
	.half	1				/* tid */
	.zero	6
	.size	__main_thread, . - __main_thread
	.globl	__main_tp
__main_tp:
