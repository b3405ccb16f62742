/*
 * Traps. The invariants:
 *
 *   - mscratch holds the running thread's trap frame while in user mode, and 0 in the kernel. A trap that finds 0 came from
 *     M-mode: a bug, hence a panic on a stack of its own.
 *   - M-mode never enables interrupts, so traps never nest and mstatus keeps MPP = U and MPIE = 1 for the next mret.
 *   - A system call is a function call to the program: only ra, sp, gp, tp and s0-s11 survive it. Its frame holds those and the
 *     arguments; t0-t6 of a frame are valid after other traps only.
 *   - C preserves s0-s11, so the short way back does not reload them. Whoever changes a frame sets THREAD_WORK_FULL.
 *
 * FRAME_IS_SAVED tells a debugger, where sp is a frame that is written, how to go on from the kernel to who trapped; it makes no code. It ends before sp
 * is loaded again.
 */
#include <abi/slots.h>
#include <kernel/config.h>
#include <riscv/layout.h>

	.macro EACH_SAVED op
	\op s0, FRAME_X(8)(sp)
	\op s1, FRAME_X(9)(sp)
	\op s2, FRAME_X(18)(sp)
	\op s3, FRAME_X(19)(sp)
	\op s4, FRAME_X(20)(sp)
	\op s5, FRAME_X(21)(sp)
	\op s6, FRAME_X(22)(sp)
	\op s7, FRAME_X(23)(sp)
	\op s8, FRAME_X(24)(sp)
	\op s9, FRAME_X(25)(sp)
	\op s10, FRAME_X(26)(sp)
	\op s11, FRAME_X(27)(sp)
	.endm

	.macro EACH_ARGUMENT op
	\op a0, FRAME_X(10)(sp)
	\op a1, FRAME_X(11)(sp)
	\op a2, FRAME_X(12)(sp)
	\op a3, FRAME_X(13)(sp)
	\op a4, FRAME_X(14)(sp)
	\op a5, FRAME_X(15)(sp)
	\op a6, FRAME_X(16)(sp)
	\op a7, FRAME_X(17)(sp)
	.endm

	.macro EACH_TEMPORARY op /* but t0 */
	\op t1, FRAME_X(6)(sp)
	\op t2, FRAME_X(7)(sp)
	\op t3, FRAME_X(28)(sp)
	\op t4, FRAME_X(29)(sp)
	\op t5, FRAME_X(30)(sp)
	\op t6, FRAME_X(31)(sp)
	.endm

	.macro LOAD_GP
	.option push
	.option norelax
	la gp, __global_pointer$
	.option pop
	.endm

	.cfi_sections .debug_frame
#define DWARF_PC 64 /* psABI: alternate frame return column */

	.macro FRAME_RULE dwarf, registers:vararg
	.irp n, \registers
	\dwarf \n, FRAME_X(\n) - FRAME_SIZE
	.endr
	.endm

	.macro FRAME_IS_SAVED
	.cfi_startproc simple
	.cfi_signal_frame
	.cfi_return_column DWARF_PC
	.cfi_def_cfa sp, FRAME_SIZE
	.cfi_offset DWARF_PC, FRAME_PC - FRAME_SIZE
	FRAME_RULE .cfi_offset, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27
	.endm

	.macro TEMPORARIES_ARE_SAVED
	FRAME_RULE .cfi_offset, 5, 6, 7, 28, 29, 30, 31
	.endm

	.section .text.trap, "ax"
	.balign 64
	.globl trap_entry
trap_entry:
	csrrw sp, mscratch, sp
	beqz sp, trap_from_machine
	S t0, FRAME_T0(sp)
	csrrw t0, mscratch, zero
	S t0, FRAME_SP(sp)
	S ra, FRAME_RA(sp)
	S gp, FRAME_GP(sp)
	S tp, FRAME_TP(sp)
	EACH_SAVED S
	EACH_ARGUMENT S
	csrr t0, mcause
	li ra, CAUSE_USER_ECALL
	csrr tp, mepc
	bne t0, ra, trap_other

	addi tp, tp, 4
	S tp, FRAME_PC(sp)
	FRAME_IS_SAVED
	LOAD_GP
	L t0, FRAME_CALLS(sp)
	bgeu a7, t0, call_guarded
call_dispatch:
	lla t0, syscall_table
	slli a7, a7, LOG_W
	add t0, t0, a7
	L t0, 0(t0)
	beqz t0, no_such_call
	jalr t0
call_done:
	la t0, cpu
	L t0, 0(t0)
	lbu t0, THREAD_WORK(t0)
	bnez t0, call_done_with_work
call_leave:
	csrw mscratch, sp
	L t0, FRAME_PC(sp)
	csrw mepc, t0
	L ra, FRAME_RA(sp)
	L gp, FRAME_GP(sp)
	L tp, FRAME_TP(sp)
	li a1, 0 /* nothing of the kernel, or of another process, leaks out */
	li a2, 0
	li a3, 0
	li a4, 0
	li a5, 0
	li a6, 0
	li a7, 0
	li t0, 0
	li t1, 0
	li t2, 0
	li t3, 0
	li t4, 0
	li t5, 0
	li t6, 0
	.cfi_endproc
	L sp, FRAME_SP(sp)
	mret

	FRAME_IS_SAVED
/* A number without a call, or a frame whose calls are guarded (kernel/guard.h). */
call_guarded:
	li ra, SYSCALL_SLOTS
	bgeu a7, ra, no_such_call
	L ra, FRAME_LIMIT(sp)
	L t0, FRAME_SP(sp)
	bgeu t0, ra, call_looked_at
	L t0, -W(ra)
	L ra, FRAME_WORD(sp)
	beq t0, ra, call_dispatch
call_looked_at:
	mv a0, sp
	call trap_guarded_call
	j call_done

no_such_call:
	li a0, -88 /* ENOSYS */
	j call_done

call_done_with_work:
	andi t0, t0, THREAD_WORK_FULL_BIT /* sigreturn and exec filled the whole frame */
	bnez t0, frame_is_full
	S zero, FRAME_T0(sp)
	S zero, FRAME_X(6)(sp)
	S zero, FRAME_X(7)(sp)
	S zero, FRAME_X(28)(sp)
	S zero, FRAME_X(29)(sp)
	S zero, FRAME_X(30)(sp)
	S zero, FRAME_X(31)(sp)
frame_is_full:
	mv a1, a0
	mv a0, sp
	call user_return_call
	j restore
	.cfi_endproc

trap_other:
	EACH_TEMPORARY S
	S tp, FRAME_PC(sp)
	FRAME_IS_SAVED
	TEMPORARIES_ARE_SAVED
	LOAD_GP
	mv a0, sp
	mv a1, t0
	csrr a2, mtval
	call trap_user

	.globl arch_leave /* first context of a user thread: sp is its frame */
arch_leave:
leave:
	mv a0, sp
	call user_return
restore:
	csrw mscratch, sp
	L t0, FRAME_PC(sp)
	csrw mepc, t0
	L ra, FRAME_RA(sp)
	L gp, FRAME_GP(sp)
	L tp, FRAME_TP(sp)
	EACH_SAVED L
	EACH_ARGUMENT L
	EACH_TEMPORARY L
	L t0, FRAME_T0(sp)
	.cfi_endproc
	L sp, FRAME_SP(sp)
	mret

	.globl arch_leave_call /* first context of a thread that goes on behind a system call, which its frame is of */
arch_leave_call:
	call thread_reap
	la t0, cpu
	L t0, 0(t0)
	lbu t0, THREAD_WORK(t0)
	EACH_SAVED L
	L a0, FRAME_A0(sp)
	beqz t0, call_leave
	S zero, FRAME_X(11)(sp) /* the frame has what a call preserves, and a0 */
	S zero, FRAME_X(12)(sp)
	S zero, FRAME_X(13)(sp)
	S zero, FRAME_X(14)(sp)
	S zero, FRAME_X(15)(sp)
	S zero, FRAME_X(16)(sp)
	S zero, FRAME_X(17)(sp)
	j call_done_with_work

/* The kernel itself trapped. Its sp is in mscratch; the report runs on a stack that nothing else uses. */
trap_from_machine:
	la sp, panic_stack_top - FRAME_SIZE
	S t0, FRAME_T0(sp)
	csrr t0, mscratch
	S t0, FRAME_SP(sp)
	csrw mscratch, zero
	S ra, FRAME_RA(sp)
	S gp, FRAME_GP(sp)
	S tp, FRAME_TP(sp)
	EACH_SAVED S
	EACH_ARGUMENT S
	EACH_TEMPORARY S
	csrr t0, mepc
	S t0, FRAME_PC(sp)
	FRAME_IS_SAVED
	TEMPORARIES_ARE_SAVED
	LOAD_GP
	mv a0, sp
	csrr a1, mcause
	csrr a2, mtval
	call panic_trap
	.cfi_endproc

	.if CONFIG_PANIC_STACK_WORDS /* 0: the linker script gives it the boot stack */
	.section .bss.panic_stack, "aw", @nobits
	.balign 16
	.skip CONFIG_PANIC_STACK_WORDS * W
	.globl panic_stack_top
panic_stack_top:
	.endif
