/*
 * long semihosting_call(long operation, const void *block): asks the debugger, or the emulator, by the sequence of the RISC-V semihosting
 * specification 0.3. -1 when nobody listens: the ebreak is then a trap like any other, which goes to a label here. The three
 * instructions must not be compressed, nor lie in two pages.
 */
	.section .text.semihosting_call, "ax"
	.globl semihosting_call
	.balign 4
semihosting_call:
	csrr t1, mstatus /* a trap from M-mode would leave MPP = M in it */
	la t0, nobody
	csrrw t0, mtvec, t0
	j call
	.balign 16
	.option push
	.option norvc
call:
	slli zero, zero, 0x1f
	ebreak
	srai zero, zero, 7
	.option pop
	j done
	.balign 4
nobody:
	li a0, -1
done:
	csrw mtvec, t0
	csrw mstatus, t1
	ret
