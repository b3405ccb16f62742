/*
 * bool probe_word(uintptr_t address): whether a load from there succeeds. Boot only: traps go to a label here meanwhile.
 */
	.section .text.probe_word, "ax"
	.globl probe_word
	.balign 4
probe_word:
	csrr t1, mstatus /* a trap from M-mode would leave MPP = M in it */
	la t0, probe_failed
	csrrw t0, mtvec, t0
	mv a1, a0
	li a0, 0
	lw a1, 0(a1)
	li a0, 1
	.balign 4
probe_failed:
	csrw mtvec, t0
	csrw mstatus, t1
	ret
