/*
 * There is no fork. A program that refers to it gets the sentence below from the linker, and no binary: the reference
 * that this function makes is defined nowhere.
 */
	.section .text.fork, "ax", @progbits
	.globl	fork
	.type	fork, @function
fork:
	tail	there_is_no_fork_use_vfork_or_posix_spawn
	.size	fork, . - fork

	.section .gnu.warning.fork, "", @progbits
	.string	"there is no fork() on a machine without an MMU: use vfork() followed by exec or _exit, or posix_spawn()"
