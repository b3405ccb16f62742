/*
 * Boot only: traps go to a label here meanwhile.
 *
 * bool probe_word(uintptr_t address): whether a load from there succeeds.
 * bool probe_pmp(void): whether pmpaddr0 .. pmpaddr3 are there and keep what is written. Leaves them 0.
 */
	.macro TRAPS_TO label
	csrr t1, mstatus /* a trap from M-mode would leave MPP = M in it */
	la t0, \label
	csrrw t0, mtvec, t0
	.endm

	.macro TRAPS_BACK
	csrw mtvec, t0
	csrw mstatus, t1
	.endm

	.section .text.probe_word, "ax"
	.globl probe_word
	.balign 4
probe_word:
	TRAPS_TO probe_failed
	mv a1, a0
	li a0, 0
	lw a1, 0(a1)
	li a0, 1
	.balign 4
probe_failed:
	TRAPS_BACK
	ret

	.macro PROBE_PMPADDR n
	li a1, 0x1000
	csrw pmpaddr\n, a1
	csrr a2, pmpaddr\n
	csrw pmpaddr\n, zero
	bne a1, a2, probe_pmp_failed
	.endm

	.section .text.probe_pmp, "ax"
	.globl probe_pmp
	.balign 4
probe_pmp:
	TRAPS_TO probe_pmp_failed
	li a0, 0
	PROBE_PMPADDR 0
	PROBE_PMPADDR 1
	PROBE_PMPADDR 2
	PROBE_PMPADDR 3
	li a0, 1
	.balign 4
probe_pmp_failed:
	TRAPS_BACK
	ret
