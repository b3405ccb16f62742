/*
 * From reset to C: one hart goes on, with a stack, gp, data and bss in place, traps set up, user mode closed by PMP.
 */
#include <kernel/config.h>
#include <riscv/layout.h>

	.section .text.boot, "ax"
	.globl _start
_start:
	.if W == 4
	lui t0, %hi(linked) /* chips show their flash at 0, too, and start there: go to where the kernel is linked */
	jr %lo(linked)(t0)
linked:
	.endif
	csrw mie, zero
	csrr t0, mhartid
	bnez t0, park
	.option push
	.option norelax
	la gp, __global_pointer$
	.option pop
	la sp, boot_stack_top
	mv s0, a1 /* device tree, if the loader left one */

	la t0, trap_entry
	csrw mtvec, t0
	csrw mscratch, zero /* 0: in the kernel */

	la a0, __data_start /* copied where data is linked apart from its load address */
	la a1, __data_load
	beq a0, a1, clear
	la a2, __data_end
	sub a2, a2, a0
	call memcpy
clear:
	la a0, __bss_start
	li a1, 0
	la a2, __bss_end
	sub a2, a2, a0
	call memset

	li t0, 0x1880 /* MPP = U, MPIE = 1; no MIE: the kernel runs with interrupts masked */
	csrw mstatus, t0
	li t0, 0x1800
	csrc mstatus, t0
	li t0, 7 /* cycle, time and instret for programs */
	csrw mcounteren, t0
	csrr t1, misa
	srli t1, t1, 'S' - 'A'
	andi t1, t1, 1
	beqz t1, enter /* a hart with S-mode, which we do not use, asks for its permission too */
	csrw scounteren, t0
enter:
	mv a0, s0
	call arch_main
	j park

park:
	wfi
	j park

	.section .bss.boot_stack, "aw", @nobits
	.balign 16
	.globl boot_stack
boot_stack:
	.skip CONFIG_BOOT_STACK_WORDS * W
	.globl boot_stack_top
boot_stack_top:
