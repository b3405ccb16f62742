/*
 * A boot loader's first instructions: hart 0 goes on with a stack and an empty bss; a0 and a1 (hart, device tree) are handed to the kernel.
 */
	.section .text.boot, "ax"
	.globl _start
_start:
	csrw mie, zero
	bnez a0, park
	la sp, loader_stack_top
	mv s0, a0
	mv s1, a1
	la t0, __bss_start
	la t1, __bss_end
clear:
	bgeu t0, t1, load
	sw zero, 0(t0)
	addi t0, t0, 4
	j clear
load:
	call loader_main
	mv t0, a0
	mv a0, s0
	mv a1, s1
	fence.i
	jr t0

park:
	wfi
	j park

	.section .bss.stack, "aw", @nobits
	.balign 16
	.skip 2048
loader_stack_top:
